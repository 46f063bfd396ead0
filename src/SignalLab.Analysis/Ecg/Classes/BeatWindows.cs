using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Classes;

/// <summary>The signal around each beat, at a low common rate that holds the QRS complex's shape: read in stretches, beat after beat, never across a gap.</summary>
internal sealed class BeatWindows
{
    private const double TargetHz = 120;
    private const double BeforeSeconds = 0.36;
    private const double AfterSeconds = 0.56;
    private const double StretchSeconds = 60;

    private readonly Recording recording;
    private readonly IReadOnlyList<int> leads;
    private readonly double[] factors;
    private readonly int step;

    /// <summary>Windows of some leads.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="leads">Channel indices of one rate, with units that convert.</param>
    public BeatWindows(Recording recording, IReadOnlyList<int> leads)
    {
        (this.recording, this.leads) = (recording, leads);
        var first = recording.Channels[leads[0]];
        step = Math.Max(1, (int)Math.Round(first.RateHz / TargetHz));
        RateHz = first.RateHz / step;
        Before = (int)Math.Round(BeforeSeconds * RateHz);
        Length = Before + (int)Math.Round(AfterSeconds * RateHz);
        factors = [.. leads.Select(l => Unit.Millivolt.ConvertsTo(recording.Channels[l].Unit) ? recording.Channels[l].Unit.To(Unit.Millivolt).Factor : 1)];
    }

    /// <summary>Values a second within a window.</summary>
    public double RateHz { get; }

    /// <summary>Where the beat stands in a window.</summary>
    public int Before { get; }

    /// <summary>Values a lead in a window.</summary>
    public int Length { get; }

    /// <summary>Number of leads.</summary>
    public int LeadCount => leads.Count;

    /// <summary>Index in a window of a time relative to the beat.</summary>
    /// <param name="seconds">Seconds after the beat.</param>
    public int At(double seconds) => Before + (int)Math.Round(seconds * RateHz);

    /// <summary>Visits every beat in order.</summary>
    /// <param name="beats">Beats in order of time.</param>
    /// <param name="visit">Takes a beat's index and its window: leads × <see cref="Length"/> in mV where the unit is a voltage; the array is lent for the call.</param>
    public void Visit(IReadOnlyList<Beat> beats, Action<int, float[]> visit)
    {
        var window = new float[leads.Count * Length];
        var stretch = Array.Empty<float>();
        var raw = Array.Empty<double>();
        var next = 0;
        foreach (var run in recording.Runs(leads[0]))
        {
            while (next < beats.Count && beats[next].Sample < run.FirstSample + run.Count)
            {
                var end = next + 1;
                while (end < beats.Count && beats[end].Sample < Math.Min(run.FirstSample + run.Count, beats[next].Sample + (StretchSeconds * RateHz * step)))
                {
                    end++;
                }

                var (from, to) = (Place(beats[next], run) - Before, Place(beats[end - 1], run) - Before + Length);
                var count = to - from;
                stretch = stretch.Length < leads.Count * count ? new float[leads.Count * count] : stretch;
                raw = raw.Length < count * step ? new double[count * step] : raw;
                for (var lead = 0; lead < leads.Count; lead++)
                {
                    Read(lead, run, from, stretch.AsSpan(lead * count, count), raw);
                }

                for (; next < end; next++)
                {
                    var at = Place(beats[next], run) - Before - from;
                    for (var lead = 0; lead < leads.Count; lead++)
                    {
                        stretch.AsSpan((lead * count) + at, Length).CopyTo(window.AsSpan(lead * Length, Length));
                    }

                    visit(next, window);
                }
            }
        }
    }

    private int Place(Beat beat, SampleRun run) => (int)Math.Round((beat.Sample - run.FirstSample - ((step - 1) / 2.0)) / step);

    // Means of so many samples; beyond the run's ends and where samples are missing the nearest value stands.
    private void Read(int lead, SampleRun run, int from, Span<float> into, double[] raw)
    {
        var first = Math.Clamp((long)from * step, 0, run.Count);
        var held = raw.AsSpan(0, (int)(Math.Clamp((long)(from + into.Length) * step, 0, run.Count) - first));
        recording.Samples.Read(leads[lead], run.FirstSample + first, held);
        var last = float.NaN;
        for (var i = 0; i < into.Length; i++)
        {
            var start = ((long)(from + i) * step) - first;
            double sum = 0;
            var n = 0;
            for (var k = Math.Max(0, start); k < Math.Min(held.Length, start + step); k++)
            {
                if (double.IsFinite(held[(int)k]))
                {
                    sum += held[(int)k];
                    n++;
                }
            }

            if (n > 0)
            {
                var value = (float)(sum / n * factors[lead]);
                if (float.IsNaN(last))
                {
                    into[..i].Fill(value);
                }

                last = value;
            }

            into[i] = last;
        }

        if (float.IsNaN(last))
        {
            into.Clear();
        }
    }
}
