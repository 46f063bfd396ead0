using SignalLab.Formats;
using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

public sealed class FiffRawTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => folder["x_raw.fif"];

    [Theory]
    [InlineData(2, "0001fffe7fff8000")]
    [InlineData(16, "0001fffe7fff8000")]
    [InlineData(3, "00000001fffffffe00007fffffff8000")]
    [InlineData(4, "3f800000c000000046fffe00c7000000")]
    [InlineData(5, "3ff0000000000000c00000000000000040dfffc000000000c0e0000000000000")]
    public void Every_number_type_is_calibrated_by_range_and_calibration(int type, string hex)
    {
        FiffBuilder.Raw(File, tags => tags.Bytes(TagKind.DataBuffer, type, Convert.FromHexString(hex)));
        var recording = FiffBuilder.Open(File);

        Assert.Equal([0.5, 0.5 * 32767], recording.ReadAll(0));
        Assert.Equal([-(double)0.001f * -2, -(double)0.001f * -32768], recording.ReadAll(1));
        Assert.Equal([Unit.Volt, Unit.Volt], recording.Channels.Select(c => c.Unit));
    }

    [Fact]
    public void A_power_of_ten_on_the_unit_is_applied_and_remarked()
    {
        FiffBuilder.Raw(File, tags => FiffBuilder.Shorts(tags, 4, 0), exponent: -6);
        var recording = FiffBuilder.Open(File);

        Assert.Equal(2e-6, recording.ReadAll(0)[0], 1e-18);
        Assert.Single(recording.Remarks);
    }

    [Fact]
    public void Skips_before_the_first_buffer_move_the_start_and_later_ones_are_gaps()
    {
        FiffBuilder.Raw(File, tags =>
        {
            tags.Ints(TagKind.FirstSample, 1000);
            tags.Ints(TagKind.DataSkip, 2);
            FiffBuilder.Zeros(tags, 50);
            FiffBuilder.Zeros(tags, 50);
            tags.Ints(TagKind.DataSkip, 3);
            FiffBuilder.Zeros(tags, 20);
            tags.Ints(TagKind.DataSkipSamples, 7);
            FiffBuilder.Zeros(tags, 30);
        });
        var recording = FiffBuilder.Open(File);

        Assert.Equal([new(0, 1), new(1.6, 0.2), new(1.87, 0.3)], recording.Segments.Select(s => new Segment(Math.Round(s.OnsetSeconds, 9), s.DurationSeconds)));
        Assert.Equal(150, recording.Channels[0].SampleCount);
        Assert.Equal(FiffBuilder.Date.AddSeconds(11), recording.Start);
    }

    [Fact]
    public void Annotations_count_from_the_first_stored_sample()
    {
        void Annotated(double? origin) => FiffBuilder.Write(File, tags =>
        {
            tags.Block(BlockKind.MneAnnotations, () =>
            {
                tags.Doubles(TagKind.MneBaselineFrom, [12, 13]);
                tags.Doubles(TagKind.MneBaselineTo, [12.5, 13]);
                tags.Text(TagKind.Comment, "a{COLON}b:c");
                if (origin is { } o)
                {
                    tags.Doubles(TagKind.MeasurementDate, [(FiffBuilder.Date - DateTime.UnixEpoch).TotalSeconds + o, 0]);
                }
            });
            tags.Block(BlockKind.RawData, () =>
            {
                tags.Ints(TagKind.FirstSample, 1000);
                FiffBuilder.Zeros(tags, 500);
            });
        });

        Annotated(0);
        Assert.Equal([new(2, 0.5, "a:b"), new(3, 0, "c")], FiffBuilder.Open(File).Annotations);
        Annotated(-1.5);
        Assert.Equal([0.5, 1.5], FiffBuilder.Open(File).Annotations.Select(a => a.OnsetSeconds));
        Annotated(null);
        Assert.Equal([12.0, 13.0], FiffBuilder.Open(File).Annotations.Select(a => a.OnsetSeconds));
    }

    [Fact]
    public void A_date_stated_as_one_number_is_read()
    {
        FiffBuilder.Write(File, tags => tags.Block(BlockKind.RawData, () => FiffBuilder.Zeros(tags, 5)));
        var bytes = System.IO.File.ReadAllBytes(File);
        var at = bytes.AsSpan().IndexOf(TagWriter.Words(TagKind.MeasurementDate, DataType.Int, 8));
        byte[] shorter = [.. bytes[..(at + 8)], .. TagWriter.Words(4, 0), .. bytes[(at + 16)..(at + 20)], .. bytes[(at + 24)..]];
        System.IO.File.WriteAllBytes(File, shorter);

        Assert.Equal(FiffBuilder.Date, FiffBuilder.Open(File).Start);
    }

    [Fact]
    public void Parts_of_a_split_recording_are_one_recording_and_what_lies_between_is_a_gap()
    {
        Part("x_raw.fif", "x_raw-1.fif", 100, 40);
        Part("x_raw-1.fif", "x_raw-2.fif", 140, 30);
        Part("x_raw-2.fif", null, 190, 20);
        var recording = FiffBuilder.Open(File);

        Assert.Equal([new(0, 0.7), new(0.9, 0.2)], recording.Segments);
        Assert.Equal(Enumerable.Range(0, 40).Concat(Enumerable.Range(0, 30)).Concat(Enumerable.Range(0, 20)).Select(v => v * 0.5), recording.ReadAll(0));
    }

    [Fact]
    public void A_missing_or_circular_part_is_named()
    {
        Part("x_raw.fif", "x_raw-1.fif", 0, 40);
        Assert.Contains("x_raw-1.fif", Assert.Throws<MalformedFileException>(() => FiffBuilder.Open(File)).Message, StringComparison.Ordinal);

        Part("x_raw-1.fif", "x_raw.fif", 40, 40);
        Assert.Contains("second time", Assert.Throws<MalformedFileException>(() => FiffBuilder.Open(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Complex_samples_and_buffers_that_do_not_hold_whole_samples_are_refused()
    {
        FiffBuilder.Raw(File, tags => tags.Bytes(TagKind.DataBuffer, DataType.ComplexFloat, new byte[32]));
        Assert.Contains("complex", Assert.Throws<UnfitInputException>(() => FiffBuilder.Open(File)).Message, StringComparison.Ordinal);

        FiffBuilder.Raw(File, tags => tags.Bytes(TagKind.DataBuffer, DataType.Short, new byte[6]));
        Assert.Equal("data buffer", Assert.Throws<MalformedFileException>(() => FiffBuilder.Open(File)).Field);
    }

    [Fact]
    public void A_gap_longer_than_any_recording_is_refused()
    {
        FiffBuilder.Raw(File, tags =>
        {
            FiffBuilder.Zeros(tags, 10);
            for (var i = 0; i < 5; i++)
            {
                tags.Ints(TagKind.DataSkip, int.MaxValue);
            }

            FiffBuilder.Zeros(tags, 2_000_000);
        });

        Assert.Equal("data skip", Assert.Throws<MalformedFileException>(() => FiffBuilder.Open(File)).Field);
    }

    [Fact]
    public void Reading_a_second_costs_a_second_and_opening_costs_the_headers()
    {
        FiffWriter.WriteRaw(FiffSamples.Raw(5, 250_000), File);
        ByteSource.BytesRead = 0;
        var recording = FiffBuilder.Open(File);
        Assert.True(ByteSource.BytesRead < 30_000, $"{ByteSource.BytesRead} bytes read when opening");

        ByteSource.BytesRead = 0;
        recording.Samples.Read([.. Enumerable.Range(0, 8)], 100_000, 250, new double[2000]);
        Assert.Equal(250 * 8 * 4, ByteSource.BytesRead);
    }

    [Fact]
    public void A_gap_written_between_samples_stays_within_half_a_sample()
    {
        var recording = FiffSamples.Raw(6) with { Segments = [new(0, 4), new(7.0013, 8)] };
        FiffWriter.WriteRaw(recording, File);

        Assert.Equal(7.0013, FiffBuilder.Open(File).Segments[1].OnsetSeconds, 0.5 / 250);
    }

    [Fact]
    public void Other_units_are_written_in_SI_and_positions_of_another_frame_only_with_a_transform()
    {
        var raw = FiffSamples.Raw(7);
        var micro = raw with
        {
            Channels = [raw.Channels[3] with { Unit = Unit.Microvolt, Frame = Frame.Electrodes }],
            Samples = new MemorySamples([[.. raw.ReadAll(3).Select(v => v * 1e6)]]),
            Projectors = [],
            Annotations = [],
            Fiducials = [],
            HeadShape = [],
        };
        var remarks = FiffWriter.WriteRaw(micro, File);
        var read = FiffBuilder.Open(File);

        Assert.Contains("Fp1", Assert.Single(remarks, l => l.Of == Aspect.Positions).Text, StringComparison.Ordinal);
        Assert.Null(read.Channels[0].Sensor);
        Assert.Equal(Unit.Volt, read.Channels[0].Unit);
        Assert.All(raw.ReadAll(3).Zip(read.ReadAll(0)), p => Assert.Equal(p.First, p.Second, 6e-8 * 1e-4));
        Assert.DoesNotContain(FiffWriter.WriteRaw(micro with { Transforms = [new(Frame.Electrodes, Frame.Head, Affine.Identity)] }, File), l => l.Of == Aspect.Positions);
        Assert.NotNull(FiffBuilder.Open(File).Channels[0].Sensor);
    }

    [Fact]
    public void Channels_of_different_rates_are_refused_on_writing()
    {
        var raw = FiffSamples.Raw(8);
        Assert.Throws<UnfitInputException>(() => FiffWriter.WriteRaw(raw with { Channels = [raw.Channels[0], raw.Channels[1] with { RateHz = 1 }] }, File));
        Assert.False(System.IO.File.Exists(File));
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private void Part(string name, string? next, int first, int count) => FiffBuilder.Write(folder[name], tags =>
    {
        tags.Block(BlockKind.RawData, () =>
        {
            tags.Ints(TagKind.FirstSample, first);
            FiffBuilder.Shorts(tags, [.. Enumerable.Range(0, count).SelectMany(i => new[] { (short)i, (short)0 })]);
        });
        if (next is not null)
        {
            tags.Block(BlockKind.Reference, () =>
            {
                tags.Ints(TagKind.ReferenceRole, 2);
                tags.Text(TagKind.ReferenceName, next);
            });
        }
    });
}
