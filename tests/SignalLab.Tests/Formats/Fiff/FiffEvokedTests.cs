using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

public sealed class FiffEvokedTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => folder["x-ave.fif"];

    [Fact]
    public void Averages_are_calibrated_without_the_range()
    {
        FiffBuilder.Evoked(File, tags => Condition(tags, "left", -2, t => Matrix(t, 100, 3, [4, 8, 12])));

        Assert.Equal([1.0, 2, 3], FiffBuilder.Open(File).ReadAll(0));
        Assert.Equal(-0.02, FiffBuilder.Open(File).Evoked!.FirstLatencySeconds, 12);
    }

    [Fact]
    public void Old_files_hold_one_vector_a_channel_packed_or_not()
    {
        FiffBuilder.Evoked(File, tags => Condition(tags, "old", 0, t => t.Block(BlockKind.Aspect, () =>
        {
            t.Ints(TagKind.AspectKind, 100);
            t.Bytes(TagKind.Epoch, DataType.Float, TagWriter.Floats([4, 8, 12]));
            t.Bytes(TagKind.Epoch, DataType.OldPack, [.. TagWriter.Floats([100, 0.5]), 0, 2, 0, 4, 0xff, 0xfe]);
        })));
        var recording = FiffBuilder.Open(File);

        Assert.Equal([1.0, 2, 3], recording.ReadAll(0));
        Assert.All(new[] { 0.101, 0.102, 0.099 }.Zip(recording.ReadAll(1)), p => Assert.Equal(p.First, p.Second, 1e-8));
    }

    [Fact]
    public void A_standard_error_is_found_in_the_same_block_and_in_one_of_the_same_name()
    {
        FiffBuilder.Evoked(
            File,
            tags => Condition(tags, "left", 0, t =>
            {
                Matrix(t, 100, 3, [4, 8, 12]);
                Matrix(t, 101, 3, [1, 1, 2]);
                Matrix(t, 102, 3, [0, 0, 4]);
            }),
            tags => Condition(tags, "right", 0, t => Matrix(t, 100, 3, [8, 8, 8])),
            tags => Condition(tags, "right", 0, t => Matrix(t, 101, 3, [2, 2, 4])));
        var recordings = new FiffFormat().Open(File).Recordings;

        Assert.Equal(["left", "right", "right (standard error)", "left (single epoch)"], recordings.Select(r => r.Evoked!.Condition));
        Assert.Equal([0.25, 0.25, 0.5], (recordings[0] with { Samples = recordings[0].Evoked!.StandardError! }).ReadAll(0));
        Assert.Equal([0.5, 0.5, 1], (recordings[1] with { Samples = recordings[1].Evoked!.StandardError! }).ReadAll(0));
        Assert.Equal([0, 0, 1], recordings[3].ReadAll(0));
    }

    [Fact]
    public void A_first_time_between_samples_is_kept()
    {
        FiffBuilder.Evoked(File, tags =>
        {
            tags.Float(TagKind.FirstTime, -0.0155);
            tags.Ints(TagKind.SampleCount, 3);
            tags.Ints(TagKind.FirstSample, -2);
            Matrix(tags, 100, 3, [1, 2, 3]);
        });

        Assert.Equal(-0.0155, FiffBuilder.Open(File).Evoked!.FirstLatencySeconds, 1e-9);
    }

    [Theory]
    [InlineData(4, "last sample")]
    [InlineData(2, "last sample")]
    public void A_stated_length_that_the_data_do_not_have_is_refused(int stated, string field)
    {
        FiffBuilder.Evoked(File, tags =>
        {
            tags.Ints(TagKind.FirstSample, 0);
            tags.Ints(TagKind.LastSample, stated - 1);
            Matrix(tags, 100, 3, [1, 2, 3]);
        });

        Assert.Equal(field, Assert.Throws<MalformedFileException>(() => FiffBuilder.Open(File)).Field);
    }

    [Fact]
    public void Complex_averages_and_conditions_of_other_channels_are_refused()
    {
        FiffBuilder.Evoked(File, tags => Condition(tags, "left", 0, t => t.Block(BlockKind.Aspect, () =>
            t.Bytes(TagKind.Epoch, DataType.DenseMatrix | DataType.ComplexFloat, [.. new byte[48], .. TagWriter.Words(3, 2, 2)]))));
        Assert.Throws<UnfitInputException>(() => FiffBuilder.Open(File));

        var evoked = FiffSamples.Evoked(1);
        Recording[] unlike = [evoked[0], evoked[1] with { Channels = [.. evoked[1].Channels.Select((c, i) => i == 2 ? c with { Label = "other" } : c)] }];
        Assert.Throws<UnfitInputException>(() => FiffWriter.WriteEvoked(unlike, File));
        Assert.Throws<UnfitInputException>(() => FiffWriter.WriteEvoked([FiffSamples.Raw(1)], File));
    }

    [Fact]
    public void A_zipped_file_is_read_as_the_plain_one()
    {
        FiffWriter.WriteEvoked(FiffSamples.Evoked(4), File);
        FiffWriter.WriteEvoked(FiffSamples.Evoked(4), File + ".gz");

        Assert.True(new FileInfo(File + ".gz").Length < new FileInfo(File).Length);
        FiffEquality.AssertSame(new FiffFormat().Open(File), new FiffFormat().Open(File + ".gz"));
    }

    [Fact]
    public void A_contrasts_effective_number_is_rounded_and_remarked()
    {
        var evoked = FiffSamples.Evoked(5)[1];
        var remarks = FiffWriter.WriteEvoked([evoked with { Evoked = evoked.Evoked! with { AverageCount = 12.6 } }], File);

        Assert.Equal(13, FiffBuilder.Open(File).Evoked!.AverageCount);
        Assert.Single(remarks, l => l.Of == Aspect.Average);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static void Condition(TagWriter tags, string name, int first, Action<TagWriter> aspects)
    {
        tags.Text(TagKind.Comment, name);
        tags.Ints(TagKind.FirstSample, first);
        tags.Ints(TagKind.LastSample, first + 2);
        aspects(tags);
    }

    private static void Matrix(TagWriter tags, int aspect, int count, double[] values) => tags.Block(BlockKind.Aspect, () =>
    {
        tags.Ints(TagKind.AspectKind, aspect);
        tags.Ints(TagKind.AverageCount, 20);
        tags.Matrix(TagKind.Epoch, 2, count, (_, row) => values.CopyTo(row));
    });
}
