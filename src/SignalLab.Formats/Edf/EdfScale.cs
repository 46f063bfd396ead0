using System.Numerics;
using System.Runtime.InteropServices;
using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>How one channel's values become integers in a written file.</summary>
/// <param name="Unit">Unit in the file.</param>
/// <param name="UnitFactor">File value = sample × factor.</param>
/// <param name="PhysicalMinimum">As printed.</param>
/// <param name="PhysicalMaximum">As printed.</param>
/// <param name="DigitalMinimum">As printed.</param>
/// <param name="DigitalMaximum">As printed.</param>
/// <param name="IsKept">True where the samples lie on this grid already, so that nothing is lost.</param>
internal sealed record EdfScale(
    Unit Unit, double UnitFactor, decimal PhysicalMinimum, decimal PhysicalMaximum, long DigitalMinimum, long DigitalMaximum, bool IsKept)
{
    // A copied sample lies on its grid to rounding errors; a filtered one does not.
    private const double GridTolerance = 1e-4;

    // Below this the eight characters of a limit hold too few digits, above it they do not hold the limit.
    private const double SmallestSpan = 1e-3;

    private const double LargestLimit = 9_999_999;

    private static readonly Unit[] Handy = [Unit.Microvolt, Unit.Millivolt, Unit.Volt, Unit.Parse("fT"), Unit.Parse("pT"), Unit.Parse("fT/cm"), Unit.Parse("nV")];

    /// <summary>File units per step, as every reader computes it.</summary>
    public double Gain { get; } = ((double)PhysicalMaximum - (double)PhysicalMinimum) / (DigitalMaximum - DigitalMinimum);

    /// <summary>Value of digital zero.</summary>
    public double Offset => (double)PhysicalMinimum - (Gain * DigitalMinimum);

    /// <summary>The channel's own integer scale where it prints exactly and fits the width; null otherwise.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="is24Bit">The width.</param>
    /// <param name="reach">Largest digital magnitude in use, where it is known.</param>
    public static EdfScale? Own(Channel channel, bool is24Bit, long? reach = null)
    {
        if (channel.Calibration is not { Gain: not 0 } own || !double.IsFinite(own.Gain) || !double.IsFinite(own.Offset))
        {
            return null;
        }

        var (low, high) = EdfWidth.Limits(is24Bit);
        var limits = new List<(long Low, long High)> { (own.DigitalMinimum, own.DigitalMaximum), (low, high) };
        for (long power = 10_000_000; reach is not null && power >= 1000; power /= 10)
        {
            limits.AddRange(new[] { 5, 3, 2, 1 }.Select(m => m * power).Where(limit => limit >= reach).Select(limit => (-limit, limit)));
        }

        foreach (var (from, to) in limits)
        {
            if (from < low || to > high || from == to || from > high || to < low)
            {
                continue;
            }

            var isHeaders = from == own.DigitalMinimum && to == own.DigitalMaximum;
            var (minimum, maximum) = ((from * own.Gain) + own.Offset, (to * own.Gain) + own.Offset);
            if (EdfNumber.Nearest(isHeaders ? own.PhysicalMinimum : minimum) is { } printedMinimum
                && EdfNumber.Nearest(isHeaders ? own.PhysicalMaximum : maximum) is { } printedMaximum && printedMinimum != printedMaximum)
            {
                var scale = new EdfScale(channel.Unit, 1, printedMinimum, printedMaximum, from, to, true);
                if (Math.Abs(scale.Gain - own.Gain) <= 1e-13 * Math.Abs(own.Gain) && Math.Abs(scale.Offset - own.Offset) <= 1e-6 * Math.Abs(own.Gain))
                {
                    return scale;
                }
            }
        }

        return null;
    }

    /// <summary>A scale for samples whose extent is known.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="extent">What its samples are like.</param>
    /// <param name="is24Bit">The width.</param>
    /// <exception cref="UnfitInputException">The values do not fit the format.</exception>
    public static EdfScale For(Channel channel, EdfExtent extent, bool is24Bit)
    {
        if (extent.HasNaN)
        {
            throw new UnfitInputException($"Channel '{channel.Label}' holds samples that are not numbers, which EDF cannot store: leave out that stretch or channel.");
        }

        var (low, high) = EdfWidth.Limits(is24Bit);
        if (extent.IsOnOwnGrid && extent.FitsWidth(low, high) && Own(channel, is24Bit, extent.DigitalReach) is { } own)
        {
            return own;
        }

        if (extent.IsWhole && extent.Minimum >= low && extent.Maximum <= high)
        {
            return new(channel.Unit, 1, low, high, low, high, true);
        }

        var (unit, factor) = HandyUnit(channel, extent);
        var (minimum, maximum) = (extent.Minimum * factor, extent.Maximum * factor);
        if (minimum == maximum)
        {
            var margin = Math.Max(1e-3 * Math.Abs(minimum), 1);
            (minimum, maximum) = (minimum - margin, maximum + margin);
        }

        return EdfNumber.Below(minimum) is { } printedMinimum && EdfNumber.Above(maximum) is { } printedMaximum
            ? new(unit, factor, printedMinimum, printedMaximum, low, high, false)
            : throw new UnfitInputException(FormattableString.Invariant(
                $"Channel '{channel.Label}' spans {minimum:G6} to {maximum:G6} {unit.Symbol}, which the eight characters of an EDF limit cannot hold: choose a format that stores floating-point samples."));
    }

    /// <summary>Turns values into integers.</summary>
    /// <param name="values">Samples in the channel's unit.</param>
    /// <param name="into">Receives the integers, kept within the width.</param>
    /// <param name="is24Bit">The width.</param>
    /// <returns>False where the scale should be kept but a sample lies off its grid or outside the width.</returns>
    public bool Quantise(ReadOnlySpan<double> values, Span<int> into, bool is24Bit)
    {
        var (low, high) = EdfWidth.Limits(is24Bit);
        return EdfIntegers.Quantise(values, UnitFactor, Offset, 1 / Gain, low, high, GridTolerance, into) || !IsKept;
    }

    private static (Unit Unit, double Factor) HandyUnit(Channel channel, EdfExtent extent)
    {
        bool Suits(double factor) =>
            Math.Max(Math.Abs(extent.Minimum), Math.Abs(extent.Maximum)) * factor <= LargestLimit && (extent.Maximum - extent.Minimum) * factor >= SmallestSpan;

        if (Suits(1) || extent.Minimum == extent.Maximum)
        {
            return (channel.Unit, 1);
        }

        foreach (var unit in Handy.Where(channel.Unit.ConvertsTo))
        {
            if (channel.Unit.To(unit) is { Offset: 0 } conversion && Suits(conversion.Factor))
            {
                return (unit, conversion.Factor);
            }
        }

        return (channel.Unit, 1);
    }
}

/// <summary>What one channel's samples are like, gathered block by block.</summary>
/// <param name="own">The channel's integer scale, or null.</param>
internal sealed class EdfExtent(Calibration? own)
{
    private const double GridTolerance = 1e-4;

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    public bool HasNaN { get; private set; }

    /// <summary>Only whole numbers so far.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Every sample so far is an integer of the channel's own scale.</summary>
    public bool IsOnOwnGrid { get; private set; } = own is { Gain: not 0 };

    /// <summary>The largest magnitude of those integers.</summary>
    public long DigitalReach => own is null || Minimum > Maximum ? 0
        : (long)Math.Min(1e9, Math.Max(Math.Abs((Minimum - own.Offset) / own.Gain), Math.Abs((Maximum - own.Offset) / own.Gain)) + 0.5);

    /// <summary>Whether those integers fit a width: 24-bit samples may not fit 16 bits.</summary>
    /// <param name="low">Smallest integer.</param>
    /// <param name="high">Largest integer.</param>
    public bool FitsWidth(long low, long high)
    {
        return own is not null && (Minimum > Maximum || (Holds(Minimum) && Holds(Maximum)));

        bool Holds(double value) => Math.Round((value - own.Offset) / own.Gain) is var step && step >= low && step <= high;
    }

    /// <summary>Takes a block into account.</summary>
    /// <param name="values">Samples.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        if (!IsWhole && !IsOnOwnGrid)
        {
            AddRange(values);
            return;
        }

        foreach (var value in values)
        {
            HasNaN |= !double.IsFinite(value);
            Minimum = Math.Min(Minimum, value);
            Maximum = Math.Max(Maximum, value);
            IsWhole = IsWhole && value == Math.Round(value);
            if (IsOnOwnGrid)
            {
                var position = (value - own!.Offset) / own.Gain;
                IsOnOwnGrid = Math.Abs(position - Math.Round(position)) <= GridTolerance;
            }
        }
    }

    // Filtered samples lie on no grid: only their extremes are left to know.
    private void AddRange(ReadOnlySpan<double> values)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var (lows, highs, check) = (new Vector<double>(Minimum), new Vector<double>(Maximum), Vector<double>.Zero);
        foreach (var vector in vectors)
        {
            lows = Vector.Min(lows, vector);
            highs = Vector.Max(highs, vector);
            // 0 · x is 0 for every finite x and NaN otherwise.
            check += vector * 0;
        }

        HasNaN |= Vector.Sum(check) != 0;
        for (var lane = 0; lane < Vector<double>.Count; lane++)
        {
            Minimum = Math.Min(Minimum, lows[lane]);
            Maximum = Math.Max(Maximum, highs[lane]);
        }

        foreach (var value in values[(vectors.Length * Vector<double>.Count)..])
        {
            HasNaN |= !double.IsFinite(value);
            Minimum = Math.Min(Minimum, value);
            Maximum = Math.Max(Maximum, value);
        }
    }
}
