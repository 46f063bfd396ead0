using SignalLab.Formats.Flac;
using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>Whether a FLAC stream is what the header says of it.</summary>
/// <remarks>Source: WFDB Applications Guide, signal(5), formats 508, 516 and 524.</remarks>
internal static class WfdbFlac
{
    /// <exception cref="MalformedFileException">Channels, bits or length are not those of the header.</exception>
    public static void Require(string headerPath, SampleFormat format, IReadOnlyList<WfdbSignal> signals, FlacInfo info, long frames, List<string> remarks)
    {
        var name = signals[0].File;
        if (info.Channels != signals.Count)
        {
            throw new MalformedFileException(headerPath, null, $"signals of \"{name}\"", FormattableString.Invariant($"{signals.Count}"), FormattableString.Invariant($"{info.Channels}, the channels of the stream"));
        }

        var bits = (int)format - 500;
        if (info.Depth != bits)
        {
            throw new MalformedFileException(headerPath, null, $"format of \"{name}\"", FormattableString.Invariant($"{(int)format}"), FormattableString.Invariant($"one of {info.Depth} bits, as the stream has"));
        }

        if (signals.Any(s => s.SamplesPerFrame != signals[0].SamplesPerFrame || s.ByteOffset != 0))
        {
            throw new MalformedFileException(headerPath, null, $"signals of \"{name}\"", "different samples per frame or a byte offset", "the same for all signals of a FLAC stream, from byte 0");
        }

        var stated = frames * signals[0].SamplesPerFrame;
        if (info.Samples > 0 && stated > info.Samples)
        {
            throw new MalformedFileException(headerPath, null, $"samples of \"{name}\"", FormattableString.Invariant($"{stated}"), FormattableString.Invariant($"at most {info.Samples}, which the stream states"));
        }

        if (info.Samples > stated)
        {
            remarks.Add(FormattableString.Invariant($"{name} holds {info.Samples - stated} more samples per signal than the header states; they are left out."));
        }
    }
}
