namespace SignalLab.Model;

/// <summary>Limits between which a value is usual.</summary>
/// <param name="Low">Lower limit, or null for none.</param>
/// <param name="High">Upper limit, or null for none.</param>
/// <param name="Source">Paper or data set, with the population and the percentiles meant.</param>
public sealed record ReferenceRange(double? Low, double? High, string Source);

/// <summary>How a value stands to its reference range.</summary>
public enum Verdict
{
    /// <summary>No range applies.</summary>
    NotJudged,

    /// <summary>Inside the range.</summary>
    Normal,

    /// <summary>Below the range.</summary>
    Low,

    /// <summary>Above the range.</summary>
    High,
}

/// <summary>A measured number with all that is needed to trust it.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The value, or null where it could not be measured.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Method">How, with version.</param>
/// <param name="Origin">Who measured: we, the file's vendor, a person.</param>
public sealed record Measurement(string Name, double? Value, Unit Unit, string Method, Origin Origin)
{
    /// <summary>Why there is no value, where there is none.</summary>
    public string? Reason { get; init; }

    /// <summary>The limits it is judged by, or null.</summary>
    public ReferenceRange? Reference { get; init; }

    /// <summary>Below which share of the population it lies, 0…100, or null where the reference does not tell.</summary>
    public double? Percentile { get; init; }

    /// <summary>The same as standard deviations from the population's middle, or null.</summary>
    public double? ZScore { get; init; }

    /// <summary>Why it has a value and no <see cref="Reference"/>, where somebody looked for one.</summary>
    public string? NotJudgedBecause { get; init; }

    /// <summary>How it stands to <see cref="Reference"/>.</summary>
    public Verdict Verdict => (Value, Reference) switch
    {
        (null, _) or (_, null) => Verdict.NotJudged,
        ({ } v, { Low: { } low }) when v < low => Verdict.Low,
        ({ } v, { High: { } high }) when v > high => Verdict.High,
        _ => Verdict.Normal,
    };
}

/// <summary>What is usual in a population, by age and sex.</summary>
/// <param name="Name">The measure.</param>
/// <param name="Unit">Unit of the limits.</param>
/// <param name="Population">Whom it was measured on.</param>
/// <param name="Rows">Limits by age and sex.</param>
/// <param name="Source">Paper or data set.</param>
/// <param name="Licence">Terms of use.</param>
public sealed record ReferenceNorm(string Name, Unit Unit, string Population, IReadOnlyList<NormRow> Rows, string Source, string Licence)
{
    /// <summary>The short name of the set it belongs to.</summary>
    public string Set { get; init; } = "";

    /// <summary>How its numbers were come by.</summary>
    public NormCertainty Certainty { get; init; } = NormCertainty.Seen;

    /// <summary>True for a set that the user brought: it goes before others.</summary>
    public bool IsOwn { get; init; }
}

/// <summary>How the numbers of a norm were come by; what was not seen in its source is shown with the word.</summary>
public enum NormCertainty
{
    /// <summary>Measured by the user.</summary>
    Own,

    /// <summary>Read in the source itself.</summary>
    Seen,

    /// <summary>From another's transcription of the source, not checked.</summary>
    Secondary,

    /// <summary>Well known, not checked.</summary>
    Recalled,
}

/// <summary>A value below which a share of a population lies.</summary>
/// <param name="Percentile">The share, above 0 and below 100.</param>
/// <param name="Value">The value.</param>
public sealed record NormPercentile(double Percentile, double Value);

/// <summary>One stratum of a norm.</summary>
/// <param name="Sex"><c>F</c>, <c>M</c> or null for both.</param>
/// <param name="AgeFromYears">Youngest age included.</param>
/// <param name="AgeToYears">Age excluded.</param>
/// <param name="Low">Lower limit.</param>
/// <param name="Median">Middle, or null.</param>
/// <param name="High">Upper limit.</param>
/// <param name="LowPercentile">Percentile of the lower limit; 0 with <paramref name="HighPercentile"/> 0: the limits are thresholds.</param>
/// <param name="HighPercentile">Percentile of the upper limit.</param>
public sealed record NormRow(string? Sex, double AgeFromYears, double AgeToYears, double? Low, double? Median, double? High, double LowPercentile, double HighPercentile)
{
    /// <summary>Subjects in it, or null.</summary>
    public int? Count { get; init; }

    /// <summary>Mean, or null.</summary>
    public double? Mean { get; init; }

    /// <summary>Standard deviation, or null.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>All percentiles that are known, rising.</summary>
    public IReadOnlyList<NormPercentile> Percentiles { get; init; } = [];
}
