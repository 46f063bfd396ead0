using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>How traces are made of electrodes. Value of A-B = V(A) − V(B).</summary>
/// <param name="Name">Its name as users and the provenance say it.</param>
public abstract record Montage(string Name)
{
    /// <summary>
    /// Every EEG electrode against the mean of the good scalp electrodes; ears and mastoids do not enter the mean. Where one of them has no value the mean
    /// has none, and so every trace: a mean over changing electrodes would be a reference that jumps. Mark such an electrode bad.
    /// </summary>
    public static Montage AverageReference { get; } = new AverageMontage("average", IsRobust: false);

    /// <summary>
    /// Every EEG electrode against the robust mean of the good scalp electrodes at each sample: Tukey's biweight, one step from the median with six median absolute
    /// deviations. An electrode that is far from the others, or has no value, does not move it.
    /// Source: Beers, Flynn and Gebhardt, Astron J 100 (1990) 32, equation 5.
    /// </summary>
    public static Montage RobustAverage { get; } = new AverageMontage("robust-average", IsRobust: true);

    /// <summary>Every EEG electrode against the mean of both ears (A1, A2; where they were not recorded the mastoids M1, M2).</summary>
    public static Montage LinkedEars { get; } = new LinkedEarsMontage();

    /// <summary>
    /// Every EEG electrode against infinity, estimated from the scalp potential and a three-shell head (REST). Needs the place of every good electrode.
    /// Source: Yao, Physiol Meas 22 (2001) 693.
    /// </summary>
    public static Montage Rest { get; } = new RestMontage();

    /// <summary>Longitudinal bipolar chains, left and right temporal, left and right parasagittal, midline.</summary>
    public static Montage Banana { get; } = MontageTables.Bipolar("banana");

    /// <summary>Transverse bipolar chains from front to back.</summary>
    public static Montage Transverse { get; } = MontageTables.Bipolar("transverse");

    /// <summary>The bipolar chain around the head, from Fp1 over the left side and the back to Fp1.</summary>
    public static Montage Circumferential { get; } = MontageTables.Bipolar("circumferential");

    /// <summary>
    /// Each electrode against the mean of its neighbours (Hjorth): those of the 10-20 system where the recording is one (with at most six electrodes more, which
    /// are left out), else the four nearest ones.
    /// </summary>
    public static Montage Laplacian { get; } = new LaplacianMontage(MontageTables.Laplacian());

    /// <summary>Current source density by spherical splines with the parameters and the centre of MNE-Python.</summary>
    public static Montage CurrentSourceDensity { get; } = new CurrentSourceDensityMontage(new());

    /// <summary>Current source density by spherical splines.</summary>
    /// <param name="options">Spline and sphere.</param>
    public static Montage CurrentSourceDensityOf(CurrentSourceDensityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new CurrentSourceDensityMontage(options);
    }

    /// <summary>Every EEG electrode against the mean of some.</summary>
    /// <param name="electrodes">Their names; bad ones are left out of the mean, and said. One alone keeps its own trace, which is 0.</param>
    /// <exception cref="UnfitInputException">There is no name.</exception>
    public static Montage Reference(params IReadOnlyList<string> electrodes)
    {
        ArgumentNullException.ThrowIfNull(electrodes);
        return electrodes.Count > 0 && electrodes.All(e => !string.IsNullOrWhiteSpace(e))
            ? new NamedReferenceMontage("reference:" + string.Join('+', electrodes), electrodes)
            : throw new UnfitInputException("A reference needs the names of its electrodes, for example reference:Cz or reference:A1+A2.");
    }

    /// <summary>Each good scalp electrode less the mean of its nearest neighbours.</summary>
    /// <param name="neighbours">How many, at least 1; at the border they lie on one side.</param>
    /// <param name="byDistance">True to weigh them by 1/distance instead of alike.</param>
    public static Montage NearestLaplacian(int neighbours, bool byDistance = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        return new NearestLaplacianMontage(neighbours, byDistance);
    }

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
