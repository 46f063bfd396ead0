using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Nirx;

/// <summary>Samples from a file for each wavelength.</summary>
/// <param name="files">The files.</param>
/// <param name="channels">File and column of each channel.</param>
internal sealed class NirxSamples(IReadOnlyList<AsciiSamples> files, IReadOnlyList<(int File, int Column)> channels) : ISampleSource
{
    /// <inheritdoc/>
    public int ChannelCount => channels.Count;

    /// <inheritdoc/>
    public long Count(int channel) => files[channels[channel].File].Count(0);

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => files[channels[channel].File].Read(channels[channel].Column, first, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> wanted, long first, int count, Span<double> into)
    {
        for (var f = 0; f < files.Count; f++)
        {
            var (places, columns) = (new List<int>(), new List<int>());
            for (var i = 0; i < wanted.Length; i++)
            {
                if (channels[wanted[i]].File == f)
                {
                    places.Add(i);
                    columns.Add(channels[wanted[i]].Column);
                }
            }

            var block = new double[places.Count * count];
            if (places.Count > 0)
            {
                files[f].Read([.. columns], first, count, block);
            }

            for (var k = 0; k < places.Count; k++)
            {
                block.AsSpan(k * count, count).CopyTo(into[(places[k] * count)..]);
            }
        }
    }
}
