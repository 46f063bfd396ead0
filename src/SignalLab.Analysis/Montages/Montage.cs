using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>How traces are made of electrodes. Value of A-B = V(A) − V(B).</summary>
/// <param name="Name">Its name as users and the provenance say it.</param>
public abstract record Montage(string Name)
{
    /// <summary>Every EEG electrode against the mean of the good scalp electrodes; ears and mastoids do not enter the mean.</summary>
    public static Montage AverageReference { get; } = new CommonReference("average", ReferenceKind.Average);

    /// <summary>Every EEG electrode against the mean of both ears (A1, A2; where they were not recorded the mastoids M1, M2).</summary>
    public static Montage LinkedEars { get; } = new CommonReference("linked-ears", ReferenceKind.LinkedEars);

    /// <summary>Longitudinal bipolar chains, left and right temporal, left and right parasagittal, midline.</summary>
    public static Montage Banana { get; } = MontageTables.Bipolar("banana");

    /// <summary>Transverse bipolar chains from front to back.</summary>
    public static Montage Transverse { get; } = MontageTables.Bipolar("transverse");

    /// <summary>Each electrode of the 10-20 system against the mean of its neighbours (Hjorth).</summary>
    public static Montage Laplacian { get; } = MontageTables.Laplacian();

    /// <summary>Pairs of electrodes.</summary>
    /// <param name="pairs"><c>A-B,C-D,…</c>; a name with hyphens needs a partner with as many.</param>
    /// <exception cref="UnfitInputException">A pair does not name two electrodes.</exception>
    public static Montage Bipolar(string pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var derivations = pairs.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Pair).ToArray();
        return derivations.Length > 0
            ? new DerivationMontage("bipolar:" + pairs, derivations)
            : throw new UnfitInputException("A bipolar montage needs pairs of electrodes, for example bipolar:Fp1-F3,F3-C3.");
    }

    /// <summary>A montage of the user's own, see <see cref="MontageJson"/>.</summary>
    /// <param name="json">The text of the file.</param>
    /// <exception cref="UnfitInputException">The text is not such a montage.</exception>
    public static Montage FromJson(string json) => MontageJson.Parse(json);

    /// <summary>Given derivations.</summary>
    /// <param name="name">Name of the montage.</param>
    /// <param name="derivations">The traces from top to bottom.</param>
    public static Montage Of(string name, params IReadOnlyList<Derivation> derivations) => new DerivationMontage(name, derivations);

    /// <summary>The derivations as they apply to a recording.</summary>
    internal abstract Resolution Resolve(Electrodes electrodes);

    internal static Derivation Pair(string pair)
    {
        var hyphens = pair.Count(c => c == '-');
        var parts = pair.Split('-');
        var half = parts.Length / 2;
        return hyphens % 2 == 1 && parts.All(p => p.Trim().Length > 0)
            ? Derivation.Bipolar(string.Join('-', parts[..half]).Trim(), string.Join('-', parts[half..]).Trim())
            : throw new UnfitInputException($"'{pair}' does not name two electrodes: write A-B.");
    }
}

/// <summary>A fixed list of derivations.</summary>
internal sealed record DerivationMontage(string Name, IReadOnlyList<Derivation> Derivations) : Montage(Name)
{
    internal override Resolution Resolve(Electrodes electrodes)
    {
        var resolution = new Resolution();
        var missing = new List<string>();
        foreach (var derivation in Derivations)
        {
            var absent = derivation.Terms.Where(t => electrodes.Find(t.Electrode) < 0).Select(t => t.Electrode).ToArray();
            if (absent.Length > 0)
            {
                missing.AddRange(absent);
                resolution.LeftOut.Add(Label(derivation, [.. derivation.Terms.Select(t => t.Electrode)]));
                continue;
            }

            var channels = derivation.Terms.Select(t => electrodes.Find(t.Electrode)).ToArray();
            resolution.Add(Label(derivation, [.. channels.Select(electrodes.ShortName)]), channels, [.. derivation.Terms.Select(t => t.Weight)]);
        }

        var names = string.Join(", ", missing.Distinct());
        if (resolution.Traces.Count == 0)
        {
            throw new UnfitInputException($"The {Name} montage needs electrodes that the recording does not have ({names}): choose another montage.");
        }

        if (missing.Count > 0)
        {
            resolution.Remarks.Add($"Montage {Name}: {string.Join(", ", resolution.LeftOut)} left out, {names} not recorded.");
        }

        return resolution;
    }

    // A pair by both names, a larger sum by the electrode it is about.
    private static string Label(Derivation derivation, string[] names) =>
        derivation.Label ?? (names.Length == 2 ? $"{names[0]}-{names[1]}" : names[0]);
}

/// <summary>What all electrodes are measured against.</summary>
internal enum ReferenceKind
{
    /// <summary>The mean of the good scalp electrodes.</summary>
    Average,

    /// <summary>The mean of both ears.</summary>
    LinkedEars,
}

/// <summary>Every electrode against one reference.</summary>
internal sealed record CommonReference(string Name, ReferenceKind Kind) : Montage(Name)
{
    internal override Resolution Resolve(Electrodes electrodes)
    {
        var (reference, traces) = Kind == ReferenceKind.Average ? Average(electrodes) : Ears(electrodes);
        var resolution = new Resolution { Reference = reference };
        foreach (var channel in traces)
        {
            resolution.Add(electrodes.ShortName(channel), [channel], [1], againstReference: true);
        }

        if (Kind == ReferenceKind.LinkedEars && !electrodes.IsAuricle(reference[0]))
        {
            resolution.Remarks.Add("Montage linked-ears: the mastoids M1 and M2 stand for the ears, A1 and A2 were not recorded.");
        }

        return resolution;
    }

    private static (int[] Reference, int[] Traces) Average(Electrodes electrodes)
    {
        int[] members = [.. electrodes.Eeg.Where(c => !electrodes.IsEar(c) && !electrodes.IsBad(c))];
        return members.Length > 1
            ? (members, electrodes.Eeg)
            : throw new UnfitInputException($"An average reference needs two good EEG channels at least, the recording has {members.Length}.");
    }

    private static (int[] Reference, int[] Traces) Ears(Electrodes electrodes)
    {
        foreach (var (left, right) in new[] { ("A1", "A2"), ("M1", "M2") })
        {
            var (l, r) = (electrodes.Find(left), electrodes.Find(right));
            if (l >= 0 && r >= 0 && electrodes.IsEar(l) && electrodes.IsEar(r))
            {
                int[] traces = [.. electrodes.Eeg.Where(c => !electrodes.IsEar(c))];
                return traces.Length > 0 ? ([l, r], traces) : throw new UnfitInputException("The recording has no scalp EEG channel beside the ears.");
            }
        }

        throw new UnfitInputException("Linked ears need both ear electrodes (A1 and A2, or M1 and M2), which the recording does not have: choose average or a bipolar montage.");
    }
}
