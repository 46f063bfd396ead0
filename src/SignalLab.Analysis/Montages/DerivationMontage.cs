using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>A fixed list of derivations.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Derivations">The traces from top to bottom.</param>
/// <param name="AreAboutSites">True where a sum is about its first electrode and has its place (a Laplacian).</param>
internal sealed record DerivationMontage(string Name, IReadOnlyList<Derivation> Derivations, bool AreAboutSites = false) : Montage(Name)
{
    internal override Resolution Resolve(Electrodes electrodes)
    {
        var resolution = new Resolution();
        var missing = new List<string>();
        var weighted = new List<string>();
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
            var label = Label(derivation, [.. channels.Select(electrodes.ShortName)]);
            resolution.Add(label, channels, [.. derivation.Terms.Select(t => t.Weight)], AreAboutSites);
            if (derivation.Terms is not [{ Weight: 1 }, { Weight: -1 }])
            {
                weighted.Add($"{label}={string.Join(' ', derivation.Terms.Select(t => t.Weight.ToString("R", CultureInfo.InvariantCulture) + "*" + t.Electrode))}");
            }
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

        if (weighted.Count > 0)
        {
            resolution.Parameters.Add(("weights", string.Join("; ", weighted)));
        }

        return resolution;
    }

    // A pair by both names, a larger sum by the electrode it is about.
    private static string Label(Derivation derivation, string[] names) =>
        derivation.Label ?? (names.Length == 2 ? $"{names[0]}-{names[1]}" : names[0]);
}
