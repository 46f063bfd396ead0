namespace SignalLab.Formats.Xdf;

/// <summary>
/// The offsets of a stream's clock against the recorder's, as measured every few seconds: a line is fitted to them and added to the time stamps.
/// Where the clock was reset (the sender started anew) each stretch has a line of its own.
/// </summary>
/// <remarks>Source: the synchronisation of pyxdf and load_xdf.m: least squares under Huber's loss with its bend at 0.1 ms; resets told from jumps in time and value.</remarks>
internal sealed class XdfClock
{
    private const double BendSeconds = 1e-4;
    private const double ResetSeconds = 5;
    private const double ResetDeviations = 5;
    private const double ResetOffsetSeconds = 1;
    private const double ResetOffsetDeviations = 10;
    private const int Rounds = 100;

    private readonly List<(double Time, double Offset)> measured = [];
    private List<(double From, double To, double Constant, double Slope, double Centre)>? lines;

    /// <summary>Takes one measurement in.</summary>
    public void Add(double time, double offset)
    {
        if (double.IsFinite(time) && double.IsFinite(offset))
        {
            measured.Add((time, offset));
            lines = null;
        }
    }

    /// <summary>The line that corrects stamps about a time: corrected = stamp + constant + slope · (stamp − centre).</summary>
    /// <param name="stamp">The stream's own time in seconds.</param>
    public (double Constant, double Slope, double Centre) LineAt(double stamp)
    {
        lines ??= Fit();
        if (lines.Count == 0)
        {
            return (0, 0, 0);
        }

        var nearest = lines.MinBy(l => stamp < l.From ? l.From - stamp : stamp > l.To ? stamp - l.To : 0);
        return (nearest.Constant, nearest.Slope, nearest.Centre);
    }

    /// <summary>A stamp on the recorder's clock.</summary>
    /// <param name="stamp">The stream's own time in seconds.</param>
    public double Correct(double stamp)
    {
        var (constant, slope, centre) = LineAt(stamp);
        return stamp + constant + (slope * (stamp - centre));
    }

    private List<(double, double, double, double, double)> Fit()
    {
        var list = new List<(double, double, double, double, double)>();
        var first = 0;
        foreach (var end in Resets().Append(measured.Count))
        {
            if (end > first)
            {
                var part = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(measured)[first..end];
                var (constant, slope, centre) = Line(part);
                list.Add((part[0].Time, part[^1].Time, constant, slope, centre));
            }

            first = end;
        }

        return list;
    }

    // The first measurement after each reset.
    private List<int> Resets()
    {
        var resets = new List<int>();
        if (measured.Count < 3)
        {
            return resets;
        }

        double[] steps = [.. measured.Skip(1).Zip(measured, (b, a) => b.Time - a.Time)];
        double[] jumps = [.. measured.Skip(1).Zip(measured, (b, a) => Math.Abs(b.Offset - a.Offset))];
        var (step, jump) = (Median(steps), Median(jumps));
        var (stepSpread, jumpSpread) = (Median([.. steps.Select(s => Math.Abs(s - step))]) + double.Epsilon, Median([.. jumps.Select(j => Math.Abs(j - jump))]) + double.Epsilon);
        for (var i = 0; i < steps.Length; i++)
        {
            var late = steps[i] - step;
            var isTimeJump = steps[i] < 0 || (late / stepSpread > ResetDeviations && late > ResetSeconds);
            var far = jumps[i] - jump;
            if (isTimeJump && (far / jumpSpread > ResetOffsetDeviations && far > ResetOffsetSeconds))
            {
                resets.Add(i + 1);
            }
        }

        return resets;
    }

    private static (double Constant, double Slope, double Centre) Line(ReadOnlySpan<(double Time, double Offset)> points)
    {
        if (points.Length == 1)
        {
            return (points[0].Offset, 0, points[0].Time);
        }

        var centre = 0.0;
        foreach (var (time, _) in points)
        {
            centre += time / points.Length;
        }

        var (constant, slope) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            // The first round weighs all alike; then a point further off than the bend counts by its distance, not by its square.
            double sw = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
            foreach (var (time, offset) in points)
            {
                var x = time - centre;
                var miss = Math.Abs(offset - constant - (slope * x));
                var weight = round == 0 || miss <= BendSeconds ? 1 : BendSeconds / miss;
                (sw, sx, sy, sxx, sxy) = (sw + weight, sx + (weight * x), sy + (weight * offset), sxx + (weight * x * x), sxy + (weight * x * offset));
            }

            var determinant = (sw * sxx) - (sx * sx);
            var newSlope = determinant > 1e-12 * sw * sxx ? ((sw * sxy) - (sx * sy)) / determinant : 0;
            var newConstant = (sy - (newSlope * sx)) / sw;
            var isSettled = Math.Abs(newConstant - constant) < 1e-12 && Math.Abs(newSlope - slope) < 1e-15;
            (constant, slope) = (newConstant, newSlope);
            if (isSettled)
            {
                break;
            }
        }

        return double.IsFinite(constant) && double.IsFinite(slope) ? (constant, slope, centre) : (points[0].Offset, 0, centre);
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
