using SignalLab.Analysis.Spectra;
using SignalLab.Figures;
using SignalLab.Figures.Graphs;
using SignalLab.Model;

namespace SignalLab.Cli.Reports;

/// <summary>Gathers columns of power for a picture: as many as paper can show, each the mean of those it stands for.</summary>
internal sealed class TimeFrequencyPage
{
    /// <summary>Most channels on one picture.</summary>
    public const int MostPanels = 8;

    private const int MostColumns = 1200;

    private readonly TimeFrequency power;
    private readonly int[] shown;
    private readonly double startSeconds;
    private readonly double stepSeconds;
    private readonly double[] sums;
    private readonly int[] counts;

    public TimeFrequencyPage(TimeFrequency power)
    {
        this.power = power;
        shown = power.Channels.Count <= MostPanels
            ? [.. Enumerable.Range(0, power.Channels.Count)]
            : [.. Enumerable.Range(0, MostPanels).Select(i => (int)Math.Round(i * (power.Channels.Count - 1) / (double)(MostPanels - 1)))];
        startSeconds = power.FirstSeconds - (power.StepSeconds / 2);
        var span = power.LastSeconds - power.FirstSeconds + power.StepSeconds;
        var columns = (int)Math.Clamp(Math.Round(span / power.StepSeconds), 1, MostColumns);
        stepSeconds = span / columns;
        sums = new double[shown.Length * columns * power.Frequencies.Length];
        counts = new int[shown.Length * columns];
    }

    private int Columns => counts.Length / shown.Length;

    public void Add(double timeSeconds, ReadOnlySpan<double> values)
    {
        var column = Math.Clamp((int)((timeSeconds - startSeconds) / stepSeconds), 0, Columns - 1);
        var frequencies = power.Frequencies.Length;
        for (var i = 0; i < shown.Length; i++)
        {
            var from = values.Slice(shown[i] * frequencies, frequencies);
            if (!double.IsFinite(from[0]))
            {
                continue;
            }

            var place = (i * Columns) + column;
            counts[place]++;
            for (var f = 0; f < frequencies; f++)
            {
                sums[(place * frequencies) + f] += from[f];
            }
        }
    }

    /// <param name="input">What the picture is of.</param>
    /// <param name="reference">channels × frequencies: power of the baseline, or null.</param>
    public Figure Figure(string input, double[]? reference)
    {
        var frequencies = power.Frequencies.Length;
        var panels = shown.Select((c, i) => new TimeFrequencyPanel(
            power.Names[c], startSeconds, stepSeconds, power.Frequencies.Values,
            [.. Enumerable.Range(i * Columns * frequencies, Columns * frequencies).Select(at => Shown(sums[at] / counts[at / frequencies], reference?[(c * frequencies) + (at % frequencies)]))],
            reference is null ? power.Units[c] : Unit.Parse("dB"))).ToList();
        var left = power.Channels.Count - shown.Length;
        return new TimeFrequencyGraph(panels, reference is not null)
        {
            Title = $"{input}: power over time and frequency",
            Notes =
            [
                .. left > 0 ? (string[])[$"{shown.Length} of {power.Channels.Count} channels are shown, evenly over their list: --channels picks others."] : [],
                .. counts.Contains(0) ? (string[])["Grey: nothing was recorded, or not long enough for a value."] : [],
                .. stepSeconds > 1.5 * power.StepSeconds ? (string[])[FormattableString.Invariant($"Each column is the mean over {stepSeconds:0.###} s.")] : [],
            ],
        };
    }

    private static double Shown(double power, double? reference) => reference is { } mean ? 10 * Math.Log10(power / mean) : power;
}
