using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Points digitised on the head, in head coordinates. Source: FIFF 1.4, fiffDigPointRec, 20 bytes.</summary>
/// <param name="Fiducials">Landmarks, named <c>lpa</c>, <c>nasion</c>, <c>rpa</c>.</param>
/// <param name="HeadShape">Points of the scalp beside landmarks, electrodes and head position coils.</param>
internal sealed record DigitisedPoints(IReadOnlyList<Sensor> Fiducials, IReadOnlyList<Point3> HeadShape)
{
    public const int Size = 20;

    public const int Cardinal = 1, HeadCoil = 2, Electrode = 3, Extra = 4, Head = 5;

    /// <summary>Names of the landmarks, numbered from 1.</summary>
    public static readonly IReadOnlyList<string> Landmarks = ["lpa", "nasion", "rpa"];

    private static readonly DigitisedPoints None = new([], []);

    /// <summary>The points of a measurement.</summary>
    public static DigitisedPoints Read(FiffFile file, FiffBlock info, List<string> remarks)
    {
        if (info.First(BlockKind.Isotrak) is not { } block)
        {
            return None;
        }

        if (block.Find(TagKind.MneFrame) is { } frameTag && file.Int(frameTag, "frame of the digitised points") is var frame && frame != FiffFrames.Head)
        {
            remarks.Add($"The digitised points are given in the frame '{FiffFrames.Of(frame)?.ToString() ?? "unknown"}', not in the head's; they are left out.");
            return None;
        }

        var points = Points(file, block);
        return new(
            [.. points.Where(p => p.Kind == Cardinal && p.Number >= 1 && p.Number <= Landmarks.Count).Select(p => new Sensor(Landmarks[p.Number - 1], p.Metres))],
            [.. points.Where(p => p.Kind is Extra or Head).Select(p => p.Metres)]);
    }

    /// <summary>The points of a file that holds nothing else: landmarks apart, electrodes by name or number, coils and points of the scalp by number; in the frame that it states.</summary>
    public static SensorLayout? Layout(FiffFile file)
    {
        if (file.Root.First(BlockKind.Isotrak) is not { } block)
        {
            return null;
        }

        var points = Points(file, block);
        string[] names = block.Find(TagKind.MneNames) is { } tag ? [.. MeasurementInfo.Names(file, tag, "names of the electrodes", MeasurementInfo.NoLongNames)] : [];
        var electrodes = points.Where(p => p.Kind == Electrode).ToList();
        var hasNames = names.Length == electrodes.Count;
        return new SensorLayout(
            block.Find(TagKind.MneFrame) is { } frame ? file.FrameOf(frame) : Frame.Head,
            [
                .. electrodes.Select((p, i) => new Sensor(hasNames ? names[i] : FormattableString.Invariant($"EEG {p.Number:000}"), p.Metres)),
                .. points.Where(p => p.Kind is HeadCoil or Extra or Head).Select(p => new Sensor(FormattableString.Invariant($"{(p.Kind == HeadCoil ? "HPI" : "head")} {p.Number}"), p.Metres)),
            ],
            [.. points.Where(p => p.Kind == Cardinal && p.Number >= 1 && p.Number <= Landmarks.Count).Select(p => new Sensor(Landmarks[p.Number - 1], p.Metres))],
            Path.GetFileName(file.Path));
    }

    private static List<(int Kind, int Number, Point3 Metres)> Points(FiffFile file, FiffBlock block) =>
        [.. block.Tags.Where(t => t.Kind == TagKind.DigitisedPoint).Select(t => Point(file, t)).Where(p => double.IsFinite(p.Metres.Norm))];

    private static (int Kind, int Number, Point3 Metres) Point(FiffFile file, FiffTag tag)
    {
        var bytes = file.Structure(tag, Size, "digitised point");
        return (
            BinaryPrimitives.ReadInt32BigEndian(bytes),
            BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4)),
            new Point3(Metres(bytes, 8), Metres(bytes, 12), Metres(bytes, 16)));
    }

    private static double Metres(byte[] bytes, int at) => BinaryPrimitives.ReadSingleBigEndian(bytes.AsSpan(at));
}
