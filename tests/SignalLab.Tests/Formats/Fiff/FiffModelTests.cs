using SignalLab.Formats;
using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

/// <summary>Covariances, projectors, surfaces, sources, forward solutions, events, digitised points, transforms, compensations.</summary>
public sealed class FiffModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder["made.fif"];

    [Fact]
    public void A_covariance_is_symmetric_and_keeps_names_freedom_projectors_and_bad_channels()
    {
        var covariance = Assert.Single(Open(FiffModelSample.Covariance(Path)).NoiseCovariances);
        Assert.Equal(FiffModelSample.Names, covariance.Channels);
        Assert.Equal((99, false), (covariance.DegreesOfFreedom, covariance.IsDiagonal));
        Assert.Equal(4e-24, covariance[1, 1] * 1, 1e-30);
        Assert.Equal((2e-27, 2e-27), (covariance[0, 1], covariance[1, 0]));
        Assert.Equal((5e-19, 6e-12), (covariance[1, 2], covariance[2, 2]));
        Assert.Equal("MEG 0112", Assert.Single(covariance.BadChannels));
        Assert.Equal("PCA-v1", Assert.Single(covariance.Projectors).Name);
        Assert.Throws<ArgumentOutOfRangeException>(() => covariance[3, 0]);
    }

    [Fact]
    public void A_diagonal_covariance_has_no_other_elements()
    {
        var covariance = Assert.Single(Open(FiffModelSample.Covariance(Path, isDiagonal: true)).NoiseCovariances);
        Assert.Equal([1.0, 0, 0, 0, 2, 0, 0, 0, 3], Enumerable.Range(0, 9).Select(i => covariance[i / 3, i % 3]));
    }

    [Fact]
    public void A_covariance_whose_size_contradicts_its_names_is_refused() =>
        Assert.Equal("size of the covariance", Refused(FiffModelSample.Covariance(Path, size: 4)).Field);

    [Fact]
    public void Surfaces_are_in_millimetres_with_conductivity_where_stated()
    {
        var study = Open(FiffModelSample.Model(Path));
        Assert.Equal([("head", (double?)Math.Round(0.33, 6)), ("helmet", null)], study.Surfaces.Select(s => (s.Name, s.ConductivitySiemensPerMetre is { } c ? Math.Round(c, 6) : (double?)null)));
        Assert.Equal(Frame.Mri, study.Surfaces[0].Mesh.Frame);
        Assert.Equal(100, study.Surfaces[0].Mesh.Vertices[0].Z, 1e-5);
        Assert.Equal([(0, 1, 2), (0, 2, 3), (0, 3, 1), (1, 3, 2)], study.Surfaces[0].Mesh.Triangles);
        Assert.Null(study.Surfaces[0].Normals);
    }

    [Fact]
    public void Source_spaces_keep_points_selection_triangles_and_grid()
    {
        var spaces = Open(FiffModelSample.Sources(Path)).SourceSpaces;
        Assert.Equal([(SourceSpaceKind.Surface, "left hemisphere", 4), (SourceSpaceKind.Volume, "Left-Amygdala", 8)], spaces.Select(s => (s.Kind, s.Name, s.PositionsMetres.Count)));
        Assert.Equal([0, 2, 3], spaces[0].Used);
        Assert.Equal([(0, 2, 3)], spaces[0].UsedTriangles);
        Assert.Equal([0, 0, 2, 3], spaces[0].Nearest!);
        Assert.Equal("somebody", spaces[0].SubjectId);
        var grid = spaces[1].Grid!;
        Assert.Equal((2, 2, 2, Frame.Mri), (grid.SizeX, grid.SizeY, grid.SizeZ, grid.Frame));
        Assert.Equal(7, grid.SpacingMm.X, 1e-5);
        Assert.Equal(3, grid.ToMillimetres.Column(3).Z, 1e-5);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Gains_of_a_channel_are_read_by_sources_or_by_channels(bool isByChannel, bool isFixed)
    {
        var fields = Open(FiffModelSample.LeadField(Path, isByChannel, isFixed)).LeadFields;
        Assert.Equal(2, fields.Count);
        Assert.Equal((Frame.Device, Frame.Head), (fields[0].Sensors.Frame, fields[1].Sensors.Frame));
        Assert.Equal([ChannelKind.Mag, ChannelKind.Grad, ChannelKind.Eeg], fields.SelectMany(f => f.Kinds));
        Assert.All(fields, f => Assert.Equal((5, isFixed ? 5 : 15, isFixed, Frame.Head), (f.SourceCount, f.ComponentCount, f.IsFixed, f.Frame)));
        Assert.Equal(Enumerable.Range(0, fields[0].ComponentCount).Select(c => 100.0 + c), fields[0].Row(1));
        Assert.Equal(Enumerable.Range(0, fields[0].ComponentCount).Select(c => 200.0 + c), fields[1].Row(0));
        var some = new double[3];
        fields[0].Gains.Read(0, 2, some);
        Assert.Equal([2.0, 3, 4], some);
        Assert.Equal([(Frame.Mri, Frame.Head), (Frame.Device, Frame.Head)], fields[0].Transforms.Select(t => (t.From, t.To)));
        Assert.Equal(["EEG 001"], fields[0].BadChannels);
        Assert.Equal(3012, fields[0].Sensors.Sensors[1].Coil!.CoilType);
    }

    [Fact]
    public void Opening_a_forward_solution_leaves_the_gains_in_the_file()
    {
        FiffModelSample.LeadField(Path);
        ByteSource.BytesRead = 0;
        var fields = Open(Path).LeadFields;
        var opened = ByteSource.BytesRead;
        fields[0].Row(0);
        fields[0].Row(1);
        Assert.Equal(15 * 2 * 4, ByteSource.BytesRead - opened);
    }

    [Fact]
    public void Events_keep_their_samples_values_and_texts() =>
        Assert.Equal([new(10, 0, 1) { Text = "first" }, new TriggerEvent(25, 1, 7) { Text = "second" }], Open(FiffModelSample.Events(Path)).Events);

    [Fact]
    public void Annotations_on_their_own_count_from_their_origin()
    {
        var recording = Assert.Single(Open(FiffModelSample.Annotations(Path)).Recordings);
        Assert.Empty(recording.Channels);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1_600_000_000.25), recording.Start);
        Assert.Equal([new Annotation(1, 2, "bad: move"), new(4, 0, "blink")], recording.Annotations);
    }

    [Fact]
    public void Digitised_points_are_a_layout_in_their_own_frame()
    {
        var layout = Assert.Single(Open(FiffModelSample.Digitised(Path)).Layouts);
        Assert.Equal(Frame.Mri, layout.Frame);
        Assert.Equal(["lpa", "nasion", "rpa"], layout.Fiducials.Select(f => f.Name));
        Assert.Equal(["Fp1", "Cz", "HPI 1", "head 5"], layout.Sensors.Select(s => s.Name));
        Assert.Equal(["EEG 001", "EEG 002"], Open(FiffModelSample.Digitised(Path, hasNames: false)).Layouts[0].Sensors.Take(2).Select(s => s.Name));
    }

    [Fact]
    public void A_transform_leads_from_head_to_mri()
    {
        var transform = Assert.Single(Open(FiffModelSample.Transform(Path)).Transforms);
        Assert.Equal((Frame.Head, Frame.Mri), (transform.From, transform.To));
        Assert.Equal(0.002, transform.Matrix[1, 3], 1e-8);
    }

    [Fact]
    public void Cross_talk_is_unpacked()
    {
        var matrix = Open(FiffModelSample.CrossTalk(Path)).CrossTalk!;
        Assert.Equal(FiffModelSample.Names, matrix.Columns);
        Assert.Equal([1, 0, 0, 0, 1, 0, 0.25, 0, 1], matrix.Values.SelectMany(v => v));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Coefficients_between_stored_numbers_become_those_between_values(int calibrated)
    {
        // A: range 2 × calibration 0.25 = 0.5; B: −0.001.
        FiffBuilder.Raw(Path, tags => FiffBuilder.Shorts(tags, 1, 2), information: tags => Compensation(tags, "A", "B", calibrated));
        var compensation = Assert.Single(FiffBuilder.Open(Path).Compensations);
        Assert.Equal(("G2BR", 2), (compensation.Name, compensation.Grade));
        Assert.Equal(["A"], compensation.Coefficients.Rows);
        Assert.Equal(calibrated == 0 ? 3 * 0.5 / -0.001 : 3, compensation.Coefficients.Values[0][0], 1e-3);
    }

    [Fact]
    public void A_compensation_of_channels_that_are_not_there_is_left_out_with_a_remark()
    {
        FiffBuilder.Raw(Path, tags => FiffBuilder.Shorts(tags, 1, 2), information: tags => Compensation(tags, "A", "gone", 0));
        var recording = FiffBuilder.Open(Path);
        Assert.Empty(recording.Compensations);
        Assert.Contains(recording.Remarks, r => r.Contains("'gone'", StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static void Compensation(TagWriter tags, string row, string column, int calibrated) => tags.Block(BlockKind.MneCompensations, () => tags.Block(BlockKind.MneCompensation, () =>
    {
        tags.Bytes(TagKind.MneCompensationKind, DataType.Int, "G2BR"u8);
        tags.Ints(TagKind.MneCompensationCalibrated, calibrated);
        tags.Block(BlockKind.NamedMatrix, () =>
        {
            tags.Text(TagKind.MneRowNames, row);
            tags.Text(TagKind.MneColumnNames, column);
            tags.Matrix(TagKind.MneCompensationData, 1, 1, (_, values) => values[0] = 3);
        });
    }));

    private static Study Open(string path) => new FiffFormat().Open(path);

    private static MalformedFileException Refused(string path) => Assert.Throws<MalformedFileException>(() => Open(path));
}
