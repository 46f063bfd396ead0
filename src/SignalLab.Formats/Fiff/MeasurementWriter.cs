using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Writes the measurement information of a recording.</summary>
internal static partial class MeasurementWriter
{
    private const int AverageReference = 10, FieldPattern = 1;

    public static void Write(TagWriter tags, Recording recording, IReadOnlyList<WrittenChannel> channels) => tags.Block(BlockKind.MeasurementInfo, () =>
    {
        WriteSubject(tags, recording.Subject);
        WriteDigitised(tags, recording);
        WriteProjectors(tags, recording, channels);
        WriteCompensations(tags, recording, channels);
        WriteBad(tags, recording, channels);
        foreach (var transform in recording.Transforms.Where(t => FiffFrames.For(t.From) != FiffFrames.Unknown && FiffFrames.For(t.To) != FiffFrames.Unknown))
        {
            WriteTransform(tags, transform);
        }

        tags.Ints(TagKind.ChannelCount, channels.Count);
        tags.Float(TagKind.Rate, recording.Channels[0].RateHz);
        WriteFilters(tags, recording);
        if (recording.LineFrequencyHz is { } line)
        {
            tags.Float(TagKind.LineFrequency, line);
        }

        var (seconds, microseconds) = TagWriter.Stamp(recording.Start);
        tags.Ints(TagKind.MeasurementDate, seconds, microseconds);
        tags.Ints(TagKind.DataPack, DataType.Float);
        WriteChannels(tags, channels);
    });

    private static void WriteChannels(TagWriter tags, IReadOnlyList<WrittenChannel> channels)
    {
        for (var i = 0; i < channels.Count; i++)
        {
            var info = channels[i].Info;
            var name = new byte[16];
            Encoding.ASCII.GetBytes(channels[i].ShortName, name);
            tags.Bytes(TagKind.ChannelInfo, DataType.ChannelInfo,
            [
                .. TagWriter.Words(i + 1, i + 1, info.Kind), .. TagWriter.Floats([info.Range, info.Calibration]), .. TagWriter.Words(info.CoilType),
                .. TagWriter.Floats(info.Location), .. TagWriter.Words(info.Unit, info.UnitExponent), .. name,
            ]);
        }

        if (!channels.Any(c => c.NeedsLongName))
        {
            return;
        }

        for (var i = 0; i < channels.Count; i++)
        {
            var info = channels[i].Info;
            tags.Block(BlockKind.ChannelInfo, () =>
            {
                tags.Ints(TagKind.ScanNumber, i + 1);
                tags.Ints(TagKind.LogicalNumber, i + 1);
                tags.Ints(TagKind.ChannelKindCode, info.Kind);
                tags.Float(TagKind.Range, info.Range);
                tags.Float(TagKind.Calibration, info.Calibration);
                tags.Ints(TagKind.CoilType, info.CoilType);
                tags.Bytes(TagKind.Location, DataType.Float, TagWriter.Floats(info.Location));
                tags.Ints(TagKind.UnitCode, info.Unit);
                tags.Ints(TagKind.UnitExponent, info.UnitExponent);
                tags.Text(TagKind.LongName, info.Name);
                tags.Ints(TagKind.CoordinateFrame, info.Frame!.Value);
            });
        }
    }

    private static void WriteSubject(TagWriter tags, Subject subject)
    {
        if (subject is { Id: null, Sex: null, Name: null, Birthdate: null })
        {
            return;
        }

        tags.Block(BlockKind.Subject, () =>
        {
            if (subject.Id is { } id)
            {
                tags.Text(TagKind.HospitalId, id);
            }

            if (subject.Name is { } name)
            {
                tags.Text(TagKind.SubjectLastName, name);
            }

            if (subject.Birthdate is { } birthdate)
            {
                tags.Bytes(TagKind.SubjectBirthday, DataType.Julian, TagWriter.Words(birthdate.DayNumber + FiffSubject.JulianDayOfDayZero));
            }

            if (subject.Sex is "M" or "F")
            {
                tags.Ints(TagKind.SubjectSex, subject.Sex == "M" ? 1 : 2);
            }
        });
    }

    private static void WriteDigitised(TagWriter tags, Recording recording)
    {
        // Landmarks given beside electrodes of another frame are not in the head's.
        var fiducials = recording.Channels.Any(c => c.Frame is { } f && f != Frame.Head && f != Frame.Device) ? [] : recording.Fiducials;
        var points = fiducials.Select(f => (Kind: DigitisedPoints.Cardinal, Number: Landmark(f.Name), At: f.PositionMetres)).Where(p => p.Number > 0)
            .Concat(recording.Channels.Where(c => c is { Kind: ChannelKind.Eeg, Sensor: not null } && c.Frame == Frame.Head).Select((c, i) => (DigitisedPoints.Electrode, i + 1, c.Sensor!.PositionMetres)))
            .Concat(recording.HeadShape.Select((p, i) => (DigitisedPoints.Extra, i + 1, p))).ToList();
        if (points.Count == 0)
        {
            return;
        }

        tags.Block(BlockKind.Isotrak, () =>
        {
            tags.Ints(TagKind.MneFrame, FiffFrames.Head);
            foreach (var (kind, number, at) in points)
            {
                tags.Bytes(TagKind.DigitisedPoint, DataType.DigitisedPoint, [.. TagWriter.Words(kind, number), .. TagWriter.Floats([at.X, at.Y, at.Z])]);
            }
        });
    }

    private static int Landmark(string name)
    {
        for (var i = 0; i < DigitisedPoints.Landmarks.Count; i++)
        {
            if (DigitisedPoints.Landmarks[i].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return i + 1;
            }
        }

        return 0;
    }

    // Samples are written in SI units, and so are the coefficients: calibrated.
    private static void WriteCompensations(TagWriter tags, Recording recording, IReadOnlyList<WrittenChannel> channels)
    {
        if (recording.Compensations.Count == 0)
        {
            return;
        }

        var shortNames = ShortNames(channels);
        string Names(IReadOnlyList<string> labels) => string.Join(':', labels.Select(l => shortNames.GetValueOrDefault(l, l)));
        tags.Block(BlockKind.MneCompensations, () =>
        {
            foreach (var compensation in recording.Compensations)
            {
                var matrix = compensation.Coefficients;
                tags.Block(BlockKind.MneCompensation, () =>
                {
                    tags.Ints(TagKind.MneCompensationKind, FiffMatrices.KindOf(compensation));
                    tags.Ints(TagKind.MneCompensationCalibrated, 1);
                    tags.Block(BlockKind.NamedMatrix, () =>
                    {
                        tags.Ints(TagKind.MneRowCount, matrix.Rows.Count);
                        tags.Ints(TagKind.MneColumnCount, matrix.Columns.Count);
                        tags.Text(TagKind.MneRowNames, Names(matrix.Rows));
                        tags.Text(TagKind.MneColumnNames, Names(matrix.Columns));
                        tags.Matrix(TagKind.MneCompensationData, matrix.Rows.Count, matrix.Columns.Count, (r, row) => matrix.Values[r].CopyTo(row));
                    });
                });
            }
        });
    }

    private static Dictionary<string, string> ShortNames(IReadOnlyList<WrittenChannel> channels) =>
        channels.DistinctBy(c => c.Info.Name).ToDictionary(c => c.Info.Name, c => c.ShortName, StringComparer.Ordinal);

    private static void WriteProjectors(TagWriter tags, Recording recording, IReadOnlyList<WrittenChannel> channels)
    {
        if (recording.Projectors.Count == 0)
        {
            return;
        }

        var shortNames = ShortNames(channels);
        tags.Block(BlockKind.Projectors, () =>
        {
            foreach (var projector in recording.Projectors.Where(p => p.Vectors.Count > 0))
            {
                tags.Block(BlockKind.Projector, () =>
                {
                    var isAverage = projector.Vectors.Count == 1 && projector.Vectors[0].Distinct().Count() == 1;
                    tags.Ints(TagKind.ChannelCount, projector.Channels.Count);
                    tags.Text(TagKind.ProjectorChannels, string.Join(':', projector.Channels.Select(c => shortNames.GetValueOrDefault(c, c))));
                    tags.Text(TagKind.Name, projector.Name);
                    tags.Ints(TagKind.ProjectorKind, isAverage ? AverageReference : FieldPattern);
                    tags.Float(TagKind.ProjectorTime, 0);
                    tags.Ints(TagKind.ProjectorCount, projector.Vectors.Count);
                    tags.Ints(TagKind.MneProjectorActive, projector.IsActive ? 1 : 0);
                    tags.Matrix(TagKind.ProjectorVectors, projector.Vectors.Count, projector.Channels.Count, (v, row) => projector.Vectors[v].CopyTo(row));
                });
            }
        });
    }

    private static void WriteBad(TagWriter tags, Recording recording, IReadOnlyList<WrittenChannel> channels)
    {
        if (recording.Channels.Any(c => c.IsBad))
        {
            tags.Block(BlockKind.MneBadChannels, () =>
                tags.Text(TagKind.MneNames, string.Join(':', channels.Where((_, i) => recording.Channels[i].IsBad).Select(c => c.ShortName))));
        }
    }

    private static void WriteTransform(TagWriter tags, Transform transform)
    {
        static double[] Rows(Affine m) => [m[0, 0], m[0, 1], m[0, 2], m[1, 0], m[1, 1], m[1, 2], m[2, 0], m[2, 1], m[2, 2], m[0, 3], m[1, 3], m[2, 3]];

        tags.Bytes(TagKind.Transform, DataType.Transform,
        [
            .. TagWriter.Words(FiffFrames.For(transform.From), FiffFrames.For(transform.To)), .. TagWriter.Floats(Rows(transform.Matrix)), .. TagWriter.Floats(Rows(transform.Matrix.Inverse())),
        ]);
    }

    // FIFF has one pair of cut-offs for all channels: those that most of them state.
    private static void WriteFilters(TagWriter tags, Recording recording)
    {
        var stated = recording.Channels.Select(c => c.Prefilter).Where(p => p.Length > 0).CountBy(p => p).OrderByDescending(p => p.Value).FirstOrDefault().Key ?? "";
        foreach (Match match in CutOff().Matches(stated))
        {
            if (double.TryParse(match.Groups["hz"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var hz) && hz > 0)
            {
                tags.Float(match.Groups["kind"].Value == "HP" ? TagKind.Highpass : TagKind.Lowpass, hz);
            }
        }
    }

    [GeneratedRegex(@"\b(?<kind>HP|LP):\s*(?<hz>\d+(\.\d+)?)\s*Hz", RegexOptions.CultureInvariant)]
    private static partial Regex CutOff();
}
