using SignalLab.Model;

namespace SignalLab.Formats.Kit;

/// <summary>How samples were taken.</summary>
/// <param name="Type">Continuous, averaged or in epochs.</param>
/// <param name="RateHz">Sampling rate.</param>
/// <param name="FrameLength">Samples an epoch; all of them where the recording is continuous.</param>
/// <param name="SampleCount">Samples a channel.</param>
internal sealed record KitAcquisition(int Type, double RateHz, int FrameLength, long SampleCount)
{
    public const int Continuous = 1, Averaged = 2, InEpochs = 3;

    /// <summary>Reads the conditions of acquisition.</summary>
    public static KitAcquisition Read(KitDirectory directory)
    {
        var fields = directory.Fields(KitDirectory.Acquisition, "acquisition");
        var type = fields.Int32("type of acquisition");
        if (type is not (Continuous or Averaged or InEpochs))
        {
            throw fields.Fault(4, "type of acquisition", FormattableString.Invariant($"{type}"), "1 (continuous), 2 (averaged) or 3 (epochs)");
        }

        var rate = fields.Double("sampling rate");
        if (!double.IsFinite(rate) || rate <= 0)
        {
            throw fields.Fault(8, "sampling rate", FormattableString.Invariant($"{rate} Hz"), "a positive rate");
        }

        if (type == Continuous)
        {
            fields.Skip(4);
            var count = fields.Int32("number of samples");
            return count >= 0 ? new(type, rate, count, count) : throw fields.Fault(4, "number of samples", FormattableString.Invariant($"{count}"), "0 or more");
        }

        var length = fields.Int32("samples an epoch");
        fields.Skip(8);
        var epochs = fields.Int32("number of epochs");
        return length >= 0 && epochs >= 0
            ? new(type, rate, length, (long)length * epochs)
            : throw fields.Fault(4, "epochs", FormattableString.Invariant($"{epochs} of {length} samples"), "0 or more");
    }

    /// <summary>Uninterrupted stretches: one, or each epoch.</summary>
    /// <param name="remarks">Receives that the times of epochs are not told.</param>
    public IReadOnlyList<Segment> Segments(List<string> remarks)
    {
        if (Type == Continuous || SampleCount == 0)
        {
            return SampleCount == 0 ? [] : [new(0, SampleCount / RateHz)];
        }

        var epochs = SampleCount / FrameLength;
        remarks.Add(FormattableString.Invariant($"The file holds {epochs} epochs, a segment each; when they were recorded is not told: times run as if they followed each other."));
        return [.. Enumerable.Range(0, (int)epochs).Select(e => new Segment((long)e * FrameLength / RateHz, FrameLength / RateHz))];
    }
}
