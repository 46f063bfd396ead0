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
}
