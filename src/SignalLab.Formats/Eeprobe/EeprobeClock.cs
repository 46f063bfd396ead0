namespace SignalLab.Formats.Eeprobe;

/// <summary>An instant as the recorder writes it: days since 30 December 1899, and the fraction of a second.</summary>
/// <param name="Days">Days, to whole seconds.</param>
/// <param name="FractionSeconds">What is beyond.</param>
internal readonly record struct EeprobeClock(double Days, double FractionSeconds)
{
    private static readonly DateTime Zero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>The instant, or null where the days are no date.</summary>
    public DateTime? ToDateTime() => Days is > 0 and < 2_000_000 && Math.Abs(FractionSeconds) < 86400
        ? Zero.AddSeconds(Math.Round(Days * 86400, 3)).AddTicks((long)Math.Round(FractionSeconds * TimeSpan.TicksPerSecond))
        : null;

    /// <summary>Seconds from another instant to this one.</summary>
    /// <param name="start">The other.</param>
    public double SecondsSince(EeprobeClock start) => Math.Round((Days - start.Days) * 86400, 3) + FractionSeconds - start.FractionSeconds;
}
