namespace SignalLab.Model;

/// <summary>Whom the data are about, as far as the file says.</summary>
/// <param name="Id">Code or name, or null.</param>
/// <param name="Sex"><c>F</c>, <c>M</c>, another stated word, or null.</param>
/// <param name="AgeYears">Age at the recording, or null.</param>
public sealed record Subject(string? Id = null, string? Sex = null, double? AgeYears = null)
{
    /// <summary>Nothing is stated.</summary>
    public static Subject Unknown { get; } = new();

    /// <summary>Name where it is stated apart from the code.</summary>
    public string? Name { get; init; }

    /// <summary>Date of birth, or null.</summary>
    public DateOnly? Birthdate { get; init; }

    /// <summary>The age as it may be told of somebody who is not to be recognised: whole years, months below two years, 90 for all above; null where it is unknown.</summary>
    /// <remarks>Source: 45 CFR 164.514(b)(2)(i)(C): ages over 89 are one category.</remarks>
    public double? CoarseAgeYears => AgeYears is not { } years ? null
        : years >= OldestToldYears ? OldestToldYears
        : years >= ToldInMonthsYears ? Math.Floor(years + Rounding)
        : Math.Floor((years * 12) + Rounding) / 12;

    private const double OldestToldYears = 90;
    private const double ToldInMonthsYears = 2;
    private const double Rounding = 1e-9;
}
