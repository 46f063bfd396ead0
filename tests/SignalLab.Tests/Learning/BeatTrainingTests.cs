using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;
using SignalLab.Analysis.Simulation;
using SignalLab.Learning.Beats;

namespace SignalLab.Tests.Learning;

public sealed class BeatTrainingTests
{
    [Fact]
    public void The_same_patients_give_the_same_model_and_most_of_their_beats_are_named()
    {
        LabelledBeats[] patients = [.. Enumerable.Range(1, 4).Select(Patient)];
        var folder = Directory.CreateTempSubdirectory("signallab-");
        try
        {
            var (first, second) = (Path.Combine(folder.FullName, "1.tsv"), Path.Combine(folder.FullName, "2.tsv"));
            var unseen = BeatTraining.Train(patients, 2, first);
            BeatTraining.Train(patients, 2, second);
            Assert.Equal(File.ReadAllText(first), File.ReadAllText(second));
            var all = patients.Sum(p => p.Classes.Count);
            var right = patients.Zip(unseen).Sum(p => p.First.Classes.Zip(p.Second).Count(c => c.First == c.Second));
            Assert.True(right > 0.95 * all, $"{right} of {all}");
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [Fact]
    public void Random_trees_tell_what_one_of_many_values_tells()
    {
        var random = new Random(3);
        float[][] rows = [.. Enumerable.Range(0, 400).Select(_ => Enumerable.Range(0, 8).Select(_ => random.NextSingle()).ToArray())];
        var trees = new TreeEnsemble(new ExtraTrees(rows, [.. rows.Select(r => r[5] > 0.7f)], new Random(1)).Grow(30, 30));
        Assert.True(trees.Score([0, 0, 0, 0, 0, 0.95f, 0, 0]) > 1);
        Assert.True(trees.Score([1, 1, 1, 1, 1, 0.3f, 1, 1]) < -1);
    }

    [Fact]
    public void Random_trees_that_are_told_of_one_class_only_have_one_leaf()
    {
        var trees = new TreeEnsemble(new ExtraTrees([[1], [2], [3]], [false, false, false], new Random(1)).Grow(2, 2));
        Assert.Equal(-2, trees.Score([1]));
        Assert.All(trees.Trees, t => Assert.Single(t.Leaves));
    }

    [Fact]
    public void Supraventricular_beats_become_the_most_and_keep_their_intervals()
    {
        var patient = Patient(2);
        var made = BeatAugmentation.MostlySupraventricular(Repeated(patient, 10), new Random(1))!;
        var share = made.Classes.Count(c => c == BeatClass.Supraventricular) / (double)made.Classes.Count;
        Assert.InRange(share, 0.5, 0.7);
        var known = patient.Evidence.IntervalsSeconds.ToHashSet();
        Assert.All(made.Evidence.IntervalsSeconds, i => Assert.Contains(i, known));
    }

    [Fact]
    public void A_patient_with_few_supraventricular_beats_gives_no_such_rhythm()
    {
        var patient = Patient(3);
        Assert.Null(BeatAugmentation.MostlySupraventricular(patient with { Classes = [.. patient.Classes.Select(_ => (BeatClass?)BeatClass.Normal)] }, new Random(1)));
    }

    [Fact]
    public void Intervals_in_made_fibrillation_are_unlike_one_another_and_no_P_wave_repeats()
    {
        var patient = Patient(4);
        var made = BeatAugmentation.InFibrillation(patient, new Random(1), patient.Evidence.Shapes);
        Assert.DoesNotContain(BeatClass.Supraventricular, made.Classes);
        Assert.True(Median(made, "intervals alike one another") < 0.6 * Median(patient, "intervals alike one another"));
        Assert.True(Median(made, "P waves repeat, far") < 0.5 * Median(patient, "P waves repeat, far"));
    }

    private static LabelledBeats Patient(int seed)
    {
        var strip = EcgSimulation.Strip(seed, 150).Data;
        Beat[] beats = [.. strip.Annotations.Select(a => new Beat((long)Math.Round(a.OnsetSeconds * 250), a.OnsetSeconds))];
        BeatClass?[] classes = [.. strip.Annotations.Select(a => (BeatClass?)(a.Text switch { "V" => BeatClass.Ventricular, "A" => BeatClass.Supraventricular, _ => BeatClass.Normal }))];
        return new(seed.ToString(System.Globalization.CultureInfo.InvariantCulture), BeatEvidence.Of(strip, strip.EcgLeads(), beats), classes);
    }

    private static LabelledBeats Repeated(LabelledBeats patient, int times)
    {
        int[] beats = [.. Enumerable.Repeat(Enumerable.Range(0, patient.Classes.Count), times).SelectMany(b => b)];
        return new(patient.Patient, patient.Evidence.Keep(beats), [.. beats.Select(b => patient.Classes[b])]);
    }

    private static float Median(LabelledBeats patient, string value)
    {
        var at = BeatFeatures.IndexOf(value);
        return patient.Features.Values.Select(v => v[at]).Order().ElementAt(patient.Classes.Count / 2);
    }
}
