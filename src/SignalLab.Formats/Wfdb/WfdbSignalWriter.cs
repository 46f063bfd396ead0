using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>Writes the samples of one segment as one signal file.</summary>
internal static class WfdbSignalWriter
{
    private const int BlockSamples = 1 << 16;

    /// <summary>Writes all channels of a segment, frame by frame.</summary>
    /// <returns>For each channel the first stored value and the sum of all, as the header states them.</returns>
    public static (int First, int Sum)[] Write(Recording recording, WfdbWritingPlan plan, int segment, string path)
    {
        var frameSize = plan.SamplesPerFrame.Sum();
        var sums = new (int First, int Sum)[recording.Channels.Count];
        var invalid = (int)plan.Format.Range().Minimum;
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        var frames = plan.Frames.Length > segment ? plan.Frames[segment] : 0;
        var step = Math.Max(2, BlockSamples / Math.Max(1, frameSize) / 2 * 2);
        var flat = new int[step * frameSize];
        var bytes = new byte[plan.Format.BytesFor(flat.Length)];
        for (long frame = 0; frame < frames; frame += step)
        {
            var count = (int)Math.Min(step, frames - frame);
            var offset = 0;
            for (var c = 0; c < sums.Length; c++)
            {
                var run = recording.Runs(c)[segment];
                var spf = plan.SamplesPerFrame[c];
                var values = new double[count * spf];
                var held = (int)Math.Clamp(run.Count - (frame * spf), 0, values.Length);
                recording.Samples.Read(c, run.FirstSample + Math.Min(frame * spf, run.Count), values.AsSpan(0, held));
                values.AsSpan(held).Fill(double.NaN);
                for (var i = 0; i < values.Length; i++)
                {
                    var stored = plan.Quantizers[c].Quantize(values[i], invalid);
                    var (inFrame, place) = Math.DivRem(i, spf);
                    flat[(inFrame * frameSize) + offset + place] = stored;
                    sums[c].Sum = unchecked(sums[c].Sum + stored);
                    if (frame == 0 && i == 0)
                    {
                        sums[c].First = stored;
                    }
                }

                offset += spf;
            }

            stream.Write(bytes, 0, SampleEncoding.Encode(plan.Format, flat.AsSpan(0, count * frameSize), bytes));
        }

        return sums;
    }
}
