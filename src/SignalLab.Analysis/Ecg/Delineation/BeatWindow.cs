namespace SignalLab.Analysis.Ecg;

/// <summary>The stretch around a beat in which its waves are sought, on a time grid that does not depend on the recording's rate.</summary>
internal static class BeatWindow
{
    /// <summary>Values a second of the grid.</summary>
    public const double RateHz = 250;

    /// <summary>Milliseconds from one value to the next.</summary>
    public const double StepMs = 1000 / RateHz;

    /// <summary>Values beyond either side of the window, as the widest kernel needs them.</summary>
    public const int Margin = 36;

    /// <summary>Index of the beat in a window: half a second before it, more than the longest PR interval.</summary>
    public const int Beat = Margin + 125;

    /// <summary>Values of a window with its margins; it ends 0.8 s after the beat, later than the longest QT interval.</summary>
    public const int Length = Beat + 200 + Margin;

    /// <summary>Index past the last one that a wave may reach.</summary>
    public const int End = Length - Margin;

    /// <summary>Values in so many seconds.</summary>
    public static int Of(double seconds) => (int)Math.Round(seconds * RateHz);
}
