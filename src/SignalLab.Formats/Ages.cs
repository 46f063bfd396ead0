namespace SignalLab.Formats;

/// <summary>Ages of subjects.</summary>
internal static class Ages
{
    /// <summary>Age in mean Gregorian years, so that an infant's is not 0; null where a date is missing or birth lies after.</summary>
    /// <param name="birthdate">Date of birth.</param>
    /// <param name="at">When the age is asked for.</param>
    public static double? Years(DateOnly? birthdate, DateTime? at) =>
        birthdate is { } b && at is { } t && b.ToDateTime(TimeOnly.MinValue) <= t ? Math.Round((t - b.ToDateTime(TimeOnly.MinValue)).TotalDays / 365.2425, 2) : null;
}
