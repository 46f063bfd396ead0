using SignalLab.Model;

namespace SignalLab.Formats.Delimited;

/// <summary>Power over time and frequency as a table, row by row as it is computed: <c>time_s,frequency_hz,Fp1[uV2/Hz],…</c>.</summary>
public sealed class TimeFrequencyTable : IDisposable
{
    private readonly TableWriter table;
    private readonly IReadOnlyList<double> frequenciesHz;
    private readonly int channels;

    /// <summary>Writes the heading.</summary>
    /// <param name="frequenciesHz">The frequencies of each column.</param>
    /// <param name="names">Names of the channels.</param>
    /// <param name="units">Units of their values.</param>
    /// <param name="output">Receives the table; left open.</param>
    /// <param name="delimiter">Between cells.</param>
    public TimeFrequencyTable(IReadOnlyList<double> frequenciesHz, IReadOnlyList<string> names, IReadOnlyList<Unit> units, Stream output, Delimiter delimiter = Delimiter.Comma)
    {
        ArgumentNullException.ThrowIfNull(frequenciesHz);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(units);
        ArgumentOutOfRangeException.ThrowIfNotEqual(units.Count, names.Count, nameof(units));
        (this.frequenciesHz, channels) = (frequenciesHz, names.Count);
        table = new(output, delimiter);
        table.Cell("time_s");
        table.Cell("frequency_hz");
        for (var c = 0; c < channels; c++)
        {
            table.Heading(names[c], units[c]);
        }

        table.EndRow();
    }

    /// <summary>Writes the rows of one time.</summary>
    /// <param name="timeSeconds">The time.</param>
    /// <param name="values">channels × frequencies, one channel after the other.</param>
    public void Write(double timeSeconds, ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, channels * frequenciesHz.Count, nameof(values));
        for (var f = 0; f < frequenciesHz.Count; f++)
        {
            table.Cell(timeSeconds);
            table.Cell(frequenciesHz[f]);
            for (var c = 0; c < channels; c++)
            {
                table.Cell(values[(c * frequenciesHz.Count) + f]);
            }

            table.EndRow();
        }
    }

    /// <summary>Hands what is left to the stream.</summary>
    public void Dispose() => table.Dispose();
}
