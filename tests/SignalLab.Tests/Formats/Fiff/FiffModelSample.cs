using SignalLab.Formats.Fiff;

namespace SignalLab.Tests.Formats.Fiff;

/// <summary>Files of source analysis, built tag by tag: a tetrahedron for every surface, numbers that tell where they stand.</summary>
internal static class FiffModelSample
{
    public static readonly string[] Names = ["MEG 0111", "MEG 0112", "EEG 001"];

    private static readonly double[][] Corners = [[0, 0, 0.1], [0.09, 0, -0.03], [-0.05, 0.08, -0.03], [-0.05, -0.08, -0.03]];

    public static string Covariance(string path, bool isDiagonal = false, int size = 3, Action<TagWriter>? more = null) => File(path, tags => tags.Block(BlockKind.Mne, () => tags.Block(BlockKind.Covariance, () =>
    {
        tags.Ints(TagKind.CovarianceKind, 1);
        tags.Ints(TagKind.CovarianceSize, size);
        tags.Ints(TagKind.CovarianceFreedom, 99);
        tags.Text(TagKind.MneRowNames, string.Join(':', Names));
        tags.Doubles(isDiagonal ? TagKind.CovarianceDiagonal : TagKind.Covariance, isDiagonal ? [1, 2, 3] : [1e-26, 2e-27, 4e-24, -3e-20, 5e-19, 6e-12]);
        tags.Block(BlockKind.MneBadChannels, () => tags.Text(TagKind.MneNames, Names[1]));
        Projectors(tags);
        more?.Invoke(tags);
    })));

    public static string Projector(string path) => File(path, Projectors);

    public static string Model(string path) => File(path, tags => tags.Block(BlockKind.Bem, () =>
    {
        tags.Ints(TagKind.BemFrame, 5);
        Surface(tags, 4, 0.33);
        Surface(tags, 201, null);
    }));

    public static string Sources(string path) => File(path, tags => tags.Block(BlockKind.Mne, () => Spaces(tags)));

    public static string Events(string path) => File(path, tags => tags.Block(BlockKind.MneEvents, () =>
    {
        tags.Ints(TagKind.MneEvents, 10, 0, 1, 25, 1, 7);
        tags.Bytes(TagKind.MneEventTexts, DataType.Byte, "first\0second\0"u8);
    }));

    public static string Annotations(string path) => File(path, tags => tags.Block(BlockKind.MneAnnotations, () =>
    {
        tags.Doubles(TagKind.MneBaselineFrom, [1, 4]);
        tags.Doubles(TagKind.MneBaselineTo, [3, 4]);
        tags.Text(TagKind.Comment, "bad{COLON} move:blink");
        tags.Doubles(TagKind.MeasurementDate, [1_600_000_000, 250_000]);
    }));

    public static string Digitised(string path, bool hasNames = true) => File(path, tags => tags.Block(BlockKind.Isotrak, () =>
    {
        tags.Ints(TagKind.MneFrame, 5);
        foreach (var (kind, number, x) in new[] { (1, 1, -0.07), (1, 2, 0.0), (1, 3, 0.07), (2, 1, 0.01), (3, 1, 0.02), (3, 2, 0.03), (4, 5, 0.04) })
        {
            tags.Bytes(TagKind.DigitisedPoint, DataType.DigitisedPoint, [.. TagWriter.Words(kind, number), .. TagWriter.Floats([x, number == 2 && kind == 1 ? 0.1 : 0, 0])]);
        }

        if (hasNames)
        {
            tags.Text(TagKind.MneNames, "Fp1:Cz");
        }
    }));

    public static string Transform(string path) => File(path, tags => Turn(tags, 4, 5));

    public static string CrossTalk(string path) => File(path, tags => tags.Block(500, () => tags.Block(BlockKind.ChannelDecoupler, () =>
    {
        // Columns 1 0.25 | 1 | 1: four numbers, their rows, where columns begin.
        tags.Bytes(TagKind.DecouplerMatrix, DataType.SparseMatrix | DataType.Float, [.. TagWriter.Floats([1, 0.25, 1, 1]), .. TagWriter.Words(0, 2, 1, 2, 0, 2, 3, 4, 4, 3, 3, 2)]);
        tags.Text(TagKind.ProjectorChannels, string.Join(':', Names));
    })));

    /// <summary>Coils and electrodes over five sources; the gain of a channel for a component is 100 × channel + component.</summary>
    public static string LeadField(string path, bool isByChannel = false, bool isFixed = false) => File(path, tags => tags.Block(BlockKind.Mne, () =>
    {
        Spaces(tags);
        tags.Block(353, () => Turn(tags, 5, 4));
        tags.Block(BlockKind.ParentMeasurement, () =>
        {
            Turn(tags, 1, 4);
            tags.Ints(TagKind.ChannelCount, 3);
            Channel(tags, Names[0], 1, 3024, 112);
            Channel(tags, Names[1], 1, 3012, 201);
            Channel(tags, Names[2], 2, 1, 107);
            tags.Block(BlockKind.MneBadChannels, () => tags.Text(TagKind.MneNames, Names[2]));
        });
        Solution(tags, [0, 1], isByChannel, isFixed);
        Solution(tags, [2], isByChannel, isFixed);
    }));

    private static void Solution(TagWriter tags, int[] channels, bool isByChannel, bool isFixed) => tags.Block(BlockKind.ForwardSolution, () =>
    {
        var components = 5 * (isFixed ? 1 : 3);
        tags.Ints(TagKind.SourceOrientation, isFixed ? 1 : 2);
        tags.Ints(TagKind.MneFrame, 4);
        tags.Ints(TagKind.SourceCount, 5);
        tags.Ints(TagKind.ChannelCount, channels.Length);
        tags.Block(BlockKind.NamedMatrix, () =>
        {
            var (rows, columns) = isByChannel ? (channels.Length, components) : (components, channels.Length);
            tags.Ints(TagKind.MneRowCount, rows);
            tags.Ints(TagKind.MneColumnCount, columns);
            tags.Text(isByChannel ? TagKind.MneRowNames : TagKind.MneColumnNames, string.Join(':', channels.Select(c => Names[c])));
            tags.Matrix(TagKind.ForwardGains, rows, columns, (r, row) =>
            {
                for (var c = 0; c < columns; c++)
                {
                    row[c] = isByChannel ? (100 * channels[r]) + c : (100 * channels[c]) + r;
                }
            });
        });
    });

    private static void Spaces(TagWriter tags)
    {
        tags.Block(BlockKind.SourceSpace, () =>
        {
            tags.Ints(TagKind.SourceSpaceType, 1);
            tags.Ints(TagKind.SourceSpaceId, 101);
            tags.Text(TagKind.HospitalId, "somebody");
            tags.Ints(TagKind.MneFrame, 5);
            tags.Ints(TagKind.SourceCount, 4);
            Points(tags, TagKind.SourcePoints, Corners);
            Points(tags, TagKind.SourceNormals, Corners);
            tags.Ints(TagKind.SourceSelection, 1, 0, 1, 1);
            tags.Ints(TagKind.SourceUsedCount, 3);
            Triangles(tags, TagKind.SourceTriangles, [1, 2, 3, 1, 3, 4, 1, 4, 2, 2, 4, 3]);
            Triangles(tags, TagKind.SourceUsedTriangles, [1, 3, 4]);
            tags.Ints(TagKind.SourceNearest, 0, 0, 2, 3);
        });
        tags.Block(BlockKind.SourceSpace, () =>
        {
            tags.Ints(TagKind.SourceSpaceType, 2);
            tags.Text(TagKind.Comment, "Left-Amygdala");
            tags.Ints(TagKind.MneFrame, 5);
            tags.Ints(TagKind.SourceCount, 8);
            Turn(tags, 2001, 5, 0.007);
            double[][] nodes = [.. Enumerable.Range(0, 8).Select(i => new[] { 0.007 * (i % 2), 0.007 * (i / 2 % 2), 0.007 * (i / 4) })];
            Points(tags, TagKind.SourcePoints, nodes);
            Points(tags, TagKind.SourceNormals, [.. nodes.Select(_ => new[] { 0.0, 0, 1 })]);
            tags.Ints(TagKind.SourceSelection, 0, 1, 0, 0, 0, 0, 0, 1);
            tags.Ints(TagKind.SourceUsedCount, 2);
            tags.Ints(TagKind.SourceVoxelCounts, 2, 2, 2);
        });
    }

    private static void Surface(TagWriter tags, int id, double? conductivity) => tags.Block(BlockKind.BemSurface, () =>
    {
        tags.Ints(TagKind.BemSurfaceId, id);
        if (conductivity is { } sigma)
        {
            tags.Float(TagKind.BemConductivity, sigma);
        }

        tags.Ints(TagKind.BemNodeCount, 4);
        tags.Ints(TagKind.BemTriangleCount, 4);
        Points(tags, TagKind.BemNodes, Corners);
        Triangles(tags, TagKind.BemTriangles, [1, 2, 3, 1, 3, 4, 1, 4, 2, 2, 4, 3]);
    });

    private static void Projectors(TagWriter tags) => tags.Block(BlockKind.Projectors, () => tags.Block(BlockKind.Projector, () =>
    {
        tags.Text(TagKind.Name, "PCA-v1");
        tags.Ints(TagKind.ProjectorKind, 1);
        tags.Ints(TagKind.ProjectorCount, 1);
        tags.Text(TagKind.ProjectorChannels, string.Join(':', Names[..2]));
        tags.Matrix(TagKind.ProjectorVectors, 1, 2, (_, row) => (row[0], row[1]) = (0.6, 0.8));
    }));

    private static void Points(TagWriter tags, int tag, double[][] points) => tags.Matrix(tag, points.Length, 3, (r, row) => points[r].CopyTo(row));

    private static void Triangles(TagWriter tags, int tag, int[] corners) =>
        tags.Bytes(tag, DataType.DenseMatrix | DataType.Int, [.. TagWriter.Words(corners), .. TagWriter.Words(3, corners.Length / 3, 2)]);

    private static void Turn(TagWriter tags, int from, int to, double scale = 1) => tags.Bytes(
        TagKind.Transform, DataType.Transform,
        [.. TagWriter.Words(from, to), .. TagWriter.Floats([scale, 0, 0, 0, scale, 0, 0, 0, scale, 0.001, 0.002, 0.003]), .. TagWriter.Floats([1 / scale, 0, 0, 0, 1 / scale, 0, 0, 0, 1 / scale, -0.001, -0.002, -0.003])]);

    private static void Channel(TagWriter tags, string name, int kind, int coil, int unit) => tags.Bytes(
        TagKind.ChannelInfo, DataType.ChannelInfo,
        [
            .. TagWriter.Words(1, 1, kind), .. TagWriter.Floats([1, 1]), .. TagWriter.Words(coil), .. TagWriter.Floats([0.01, 0.02, 0.1, 1, 0, 0, 0, 1, 0, 0, 0, 1]), .. TagWriter.Words(unit, 0),
            .. System.Text.Encoding.ASCII.GetBytes(name.PadRight(16, '\0')),
        ]);

    private static string File(string path, Action<TagWriter> content)
    {
        TagWriter.File(path, FiffBuilder.Date, content);
        return path;
    }
}
