using System.Reflection;
using System.Runtime.Loader;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;
using SignalLab.Analysis.Simulation;
using SignalLab.Learning.Beats;

namespace SignalLab.Tests.Learning;

public sealed class TrainedBeatClassifierTests
{
    [Fact]
    public void Most_ectopic_beats_of_a_simulated_strip_are_named()
    {
        var strip = EcgSimulation.Strip(5, 300).Data;
        var beats = strip.Annotations.Select(a => new Beat((long)Math.Round(a.OnsetSeconds * 250), a.OnsetSeconds)).ToArray();
        var classes = TrainedBeatClassifier.Bundled.Classify(strip, strip.EcgLeads(), beats);
        var right = strip.Annotations.Where((a, i) => classes[i] == (a.Text switch { "V" => BeatClass.Ventricular, "A" => BeatClass.Supraventricular, _ => BeatClass.Normal })).Count();
        Assert.True(right > 0.97 * beats.Length, $"{right} of {beats.Length}");
    }

    [Fact]
    public void A_paced_beat_is_not_classified()
    {
        var strip = EcgSimulation.Strip(5, 60).Data;
        Beat[] beats = [.. strip.Annotations.Select(a => new Beat((long)Math.Round(a.OnsetSeconds * 250), a.OnsetSeconds) { IsPaced = true })];
        Assert.All(TrainedBeatClassifier.Bundled.Classify(strip, strip.EcgLeads(), beats), c => Assert.Equal(BeatClass.Unclassifiable, c));
    }

    [Fact]
    public void A_model_is_the_same_after_writing_and_reading()
    {
        TreeEnsemble.Tree tree = new([3, 1], [0.5f, -2], [1, ~0], [~2, ~1], [-1.5, 0.25, 2]);
        var model = new BeatModel("7", [new(BeatClass.Ventricular, 0.125, new([tree]))]);
        using var text = new StringWriter();
        model.Write(text);
        using var reader = new StringReader(text.ToString());
        var again = BeatModel.Read(reader);
        Assert.Equal("7", again.Version);
        var row = new float[BeatFeatures.Names.Count];
        Assert.Equal(BeatClass.Ventricular, again.Classify(row));
        Assert.Equal(0.25, again.Parts[0].Trees.Score(row));
        row[1] = -3;
        Assert.Equal(BeatClass.Normal, again.Classify(row));
        row[3] = 0.6f;
        Assert.Equal(2, again.Parts[0].Trees.Score(row));
    }

    [Theory]
    [InlineData(5, 1, 0.7f, BeatClass.Fusion)]
    [InlineData(4, 1, 0.7f, BeatClass.Normal)]
    [InlineData(5, 0.7f, 0.7f, BeatClass.Normal)]
    [InlineData(5, 1, 0.97f, BeatClass.Normal)]
    [InlineData(5, 1, 0.3f, BeatClass.Normal)]
    public void A_beat_on_time_between_the_usual_shape_and_a_ventricular_one_is_a_fusion_where_there_are_ventricular_beats(int ventricular, float before, float likeness, BeatClass expected)
    {
        float[] Row(float rr, float qrs, float p)
        {
            var row = new float[BeatFeatures.Names.Count];
            (row[BeatFeatures.IndexOf("RR before")], row[BeatFeatures.IndexOf("RR before / far mean")], row[BeatFeatures.IndexOf("RR before / after")]) = (rr, rr, 1.05f);
            (row[BeatFeatures.IndexOf("QRS correlation")], row[BeatFeatures.IndexOf("P correlation, best lead")]) = (qrs, p);
            return row;
        }

        float[][] rows = [.. Enumerable.Range(0, ventricular).Select(_ => Row(0.6f, 0.2f, 0)), Row(before, likeness, 0.8f)];
        BeatClass[] classes = [.. Enumerable.Repeat(BeatClass.Ventricular, ventricular), BeatClass.Normal];
        FusionBeats.Name(rows, classes, _ => 1);
        Assert.Equal(expected, classes[^1]);
        Assert.All(classes[..^1], c => Assert.Equal(BeatClass.Ventricular, c));
    }

    [Theory]
    [InlineData(0.8f, 0.9f, 0.8f, 0.8f, true)]
    [InlineData(1, 0.9f, 1, 1, false)]
    [InlineData(1.2f, 0.9f, 1.2f, 1.2f, false)]
    [InlineData(1, 0.9f, 0.9f, 1, true)]
    [InlineData(1, 0.9f, 1, 0.85f, true)]
    [InlineData(1, 0.45f, 1, 1, true)]
    public void Only_a_beat_that_comes_early_or_fast_may_be_supraventricular(float before, float localSeconds, float farMean, float upper, bool expected)
    {
        var row = new float[BeatFeatures.Names.Count];
        (row[BeatFeatures.IndexOf("RR before")], row[BeatFeatures.IndexOf("local RR, s")]) = (before, localSeconds);
        (row[BeatFeatures.IndexOf("RR before / far mean")], row[BeatFeatures.IndexOf("RR before / very far upper")]) = (farMean, upper);
        Assert.Equal(expected, EarlyBeats.MayBe(row));
    }

    [Theory]
    [InlineData("")]
    [InlineData("another file\n")]
    [InlineData("SignalLab beat model\t1\nother\tvalues\n")]
    public void A_text_that_is_no_model_is_refused(string text)
    {
        using var reader = new StringReader(text);
        Assert.Throws<InvalidDataException>(() => BeatModel.Read(reader));
    }

    [Fact]
    public void Classifying_loads_no_training_library()
    {
        var strip = EcgSimulation.Strip(6, 20).Data;
        var context = new Asked();
        var bundled = context.LoadFromAssemblyPath(typeof(TrainedBeatClassifier).Assembly.Location).GetType(typeof(TrainedBeatClassifier).FullName!)!
            .GetProperty(nameof(TrainedBeatClassifier.Bundled))!.GetValue(null);
        Assert.Equal(2, ((IBeatClassifier)bundled!).Classify(strip, strip.EcgLeads(), [new Beat(500, 2), new Beat(750, 3)]).Count);
        Assert.Contains("SignalLab.Analysis", context.Names);
        Assert.DoesNotContain(context.Names, n => n.StartsWith("Microsoft.ML", StringComparison.Ordinal));
    }

    // Notes what is asked for and leaves it to the others' context.
    private sealed class Asked() : AssemblyLoadContext("asked")
    {
        public List<string> Names { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Names.Add(assemblyName.Name!);
            return null;
        }
    }
}
