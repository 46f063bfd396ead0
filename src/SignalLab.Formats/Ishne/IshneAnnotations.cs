using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Ishne;

/// <summary>A beat of an annotation file.</summary>
/// <param name="Sample">Sample of the recording, from 0.</param>
/// <param name="Label">Its label, one character.</param>
internal readonly record struct IshneBeat(long Sample, char Label);

/// <summary>The beats of an annotation file: behind a header like that of the recording the sample of the first beat, then four bytes a beat.</summary>
/// <remarks>
/// Source: Telemetric and Holter ECG Warehouse (THEW), ISHNE annotation file format: a label, a byte for internal use, and the samples since the annotation before as
/// an unsigned number of 16 bits. Longer distances are bridged by labels "!" (timeout), which are no beats.
/// </remarks>
internal static class IshneAnnotations
{
    /// <summary>How such a file begins.</summary>
    public const string Magic = "ANN  1.0";

    private const int FirstBytes = 4;
    private const int BeatBytes = 4;
    private const int PieceBytes = 1 << 16;
    private const char Timeout = '!';

    // Two beats a second over three weeks and more.
    private const long MostBeats = 4_000_000;

    /// <summary>Reads the beats.</summary>
    /// <param name="source">The file.</param>
    /// <param name="offset">Byte behind the header.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static IReadOnlyList<IshneBeat> Read(ByteSource source, long offset, List<string> remarks)
    {
        var left = source.Length - offset - FirstBytes;
        if (left < 0)
        {
            return [];
        }

        if (left / BeatBytes > MostBeats)
        {
            throw new MalformedFileException(source.Path, offset, "beats", FormattableString.Invariant($"{left / BeatBytes}"), FormattableString.Invariant($"at most {MostBeats}"));
        }

        if (left % BeatBytes != 0)
        {
            remarks.Add(FormattableString.Invariant($"{Path.GetFileName(source.Path)} ends within a beat: its last {left % BeatBytes} bytes are left out."));
        }

        var sample = (long)BinaryPrimitives.ReadUInt32LittleEndian(source.Read(offset, FirstBytes, "sample of the first beat"));
        var beats = new List<IshneBeat>((int)(left / BeatBytes));
        for (var (at, end) = (offset + FirstBytes, offset + FirstBytes + (left / BeatBytes * BeatBytes)); at < end; at += PieceBytes)
        {
            var piece = source.Read(at, Math.Min(PieceBytes, end - at), "beats").AsSpan();
            for (; !piece.IsEmpty; piece = piece[BeatBytes..])
            {
                sample += BinaryPrimitives.ReadUInt16LittleEndian(piece[2..]);
                if (piece[0] != Timeout)
                {
                    beats.Add(new(sample, (char)piece[0]));
                }
            }
        }

        return beats;
    }

    /// <summary>Beats as annotations: the label as text.</summary>
    public static IEnumerable<Annotation> At(IEnumerable<IshneBeat> beats, double rateHz) =>
        beats.Select(b => new Annotation(b.Sample / rateHz, 0, char.IsControl(b.Label) || char.IsWhiteSpace(b.Label) ? "?" : b.Label.ToString()));
}
