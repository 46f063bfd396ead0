using SignalLab.Model;

namespace SignalLab.Formats.Text;

/// <summary>Samples of a text data file, read when asked for.</summary>
/// <param name="table">Where the numbers lie.</param>
/// <param name="count">Samples a channel.</param>
/// <param name="resolutions">Physical units a step of each channel.</param>
internal sealed class AsciiSamples(AsciiTable table, long count, double[] resolutions) : ISampleSource
{
    /// <inheritdoc/>
    public int ChannelCount => resolutions.Length;

    /// <inheritdoc/>
    public long Count(int channel) => count;

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> channels, long first, int length, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + length, count, nameof(first));
        if (length == 0)
        {
            return;
        }

        if (table.Layout.IsVectorised)
        {
            for (var i = 0; i < channels.Length; i++)
            {
                ReadRow(channels[i], first, into.Slice(i * length, length));
            }
        }
        else
        {
            ReadFrames(channels, first, length, into);
        }
    }

    private void ReadRow(int channel, long first, Span<double> into)
    {
        var cursor = table.At(channel, first);
        for (var skipped = first % AsciiTable.Step; skipped > 0 && cursor.ToWord(); skipped--)
        {
            cursor.SkipWord();
        }

        for (var i = 0; i < into.Length; i++)
        {
            Require(cursor.ToWord(), cursor);
            into[i] = cursor.Number() * resolutions[channel];
        }
    }

    private void ReadFrames(ReadOnlySpan<int> channels, long first, int length, Span<double> into)
    {
        var values = new double[resolutions.Length];
        var last = 0;
        foreach (var channel in channels)
        {
            last = Math.Max(last, channel);
        }

        var cursor = table.At(0, first);
        var skipped = first % AsciiTable.Step;
        for (var at = 0; at < length;)
        {
            if (cursor.ToWord() && skipped-- <= 0)
            {
                ReadFrame(cursor, values.AsSpan(0, last + 1));
                for (var i = 0; i < channels.Length; i++)
                {
                    into[(i * length) + at] = values[channels[i]] * resolutions[channels[i]];
                }

                at++;
            }

            Require(cursor.NextLine() || at == length, cursor);
        }
    }

    private void ReadFrame(AsciiCursor cursor, Span<double> values)
    {
        for (var skipped = 0L; skipped < table.Layout.SkipColumns && cursor.ToWord(); skipped++)
        {
            cursor.SkipWord();
        }

        for (var c = 0; c < values.Length; c++)
        {
            Require(cursor.ToWord(), cursor);
            values[c] = cursor.Number();
        }
    }

    private void Require(bool isThere, AsciiCursor cursor)
    {
        if (!isThere)
        {
            throw new MalformedFileException(
                table.Bytes.Path, cursor.Offset, "samples", "the end of the line or the file",
                table.Layout.IsVectorised ? "a number for every data point" : FormattableString.Invariant($"a number for each of the {resolutions.Length} channels"));
        }
    }
}
