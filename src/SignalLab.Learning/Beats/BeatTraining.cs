using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;

namespace SignalLab.Learning.Beats;

/// <summary>Trains the beat model: boosted trees for each ectopic class against all others; thresholds come from beats of patients that the trees had not seen.</summary>
public static class BeatTraining
{
    /// <summary>Version of the features and of the way of training.</summary>
    public const string Version = "1";

    private const int Seed = 20;
    private const int MostPerPatientAndClass = 400;

    private static readonly BeatClass[] Ectopic = [BeatClass.Supraventricular, BeatClass.Ventricular];

    /// <summary>Trains on all patients and writes the model.</summary>
    /// <param name="patients">At least as many as folds.</param>
    /// <param name="folds">Parts of the patients, each of which is left out once to find the thresholds.</param>
    /// <param name="path">Where the model is written.</param>
    /// <returns>Per patient the classes given by trees that had not seen the patient, with the thresholds of the model.</returns>
    public static IReadOnlyList<IReadOnlyList<BeatClass>> Train(IReadOnlyList<LabelledBeats> patients, int folds, string path)
    {
        ArgumentNullException.ThrowIfNull(patients);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(patients.Count, folds);
        var scores = Unseen(patients, folds);
        var thresholds = Ectopic.Select((c, k) => Threshold(patients, scores, c, k)).ToArray();
        var model = new BeatModel(Version, [.. Ectopic.Select((c, k) => new BeatModel.Part(c, thresholds[k], Fit(patients, c)))]);
        using var writer = new StreamWriter(path);
        model.Write(writer);
        return [.. scores.Select(s => (IReadOnlyList<BeatClass>)[.. s.Select(row => Decide(row, thresholds))])];
    }

    private static BeatClass Decide(double[] scores, double[] thresholds)
    {
        var best = Enumerable.Range(0, scores.Length).MaxBy(k => scores[k] - thresholds[k]);
        return scores[best] > thresholds[best] ? Ectopic[best] : BeatClass.Normal;
    }

    // Scores of every patient from trees of the others.
    private static double[][][] Unseen(IReadOnlyList<LabelledBeats> patients, int folds)
    {
        var scores = new double[patients.Count][][];
        for (var fold = 0; fold < folds; fold++)
        {
            LabelledBeats[] others = [.. patients.Where((_, p) => p % folds != fold)];
            var trees = Ectopic.Select(c => Fit(others, c)).ToArray();
            for (var p = fold; p < patients.Count; p += folds)
            {
                scores[p] = [.. patients[p].Features.Values.Select(row => trees.Select(t => t.Score(row)).ToArray())];
            }
        }

        return scores;
    }

    // The score with the largest F1 over all unseen patients.
    private static double Threshold(IReadOnlyList<LabelledBeats> patients, double[][][] scores, BeatClass wanted, int at)
    {
        var marked = patients.SelectMany((p, i) => p.Classes.Select((c, k) => (Score: scores[i][k][at], IsWanted: c == wanted))).OrderByDescending(m => m.Score).ToArray();
        double total = marked.Count(m => m.IsWanted);
        var (found, best, threshold) = (0, 0.0, 0.0);
        for (var i = 0; i < marked.Length; i++)
        {
            found += marked[i].IsWanted ? 1 : 0;
            var f1 = 2 * found / (total + i + 1);
            if (f1 > best)
            {
                (best, threshold) = (f1, marked[i].Score);
            }
        }

        return threshold;
    }

    private static TreeEnsemble Fit(IReadOnlyList<LabelledBeats> patients, BeatClass wanted)
    {
        var context = new MLContext(Seed);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, BeatFeatures.Names.Count);
        var trainer = context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            LabelColumnName = nameof(Row.Label),
            FeatureColumnName = nameof(Row.Features),
            NumberOfTrees = 70,
            NumberOfLeaves = 10,
            MinimumExampleCountPerLeaf = 20,
            LearningRate = 0.12,
            FeatureFraction = 0.6,
            Seed = Seed,
            NumberOfThreads = 1,
        });
        var fitted = trainer.Fit(context.Data.LoadFromEnumerable(Rows(patients, wanted), schema));
        return new([.. fitted.Model.SubModel.TrainedTreeEnsemble.Trees.Zip(fitted.Model.SubModel.TrainedTreeEnsemble.TreeWeights, Convert)]);
    }

    private static TreeEnsemble.Tree Convert(RegressionTree tree, double weight) => new(
        [.. tree.NumericalSplitFeatureIndexes], [.. tree.NumericalSplitThresholds], [.. tree.LeftChild], [.. tree.RightChild], [.. tree.LeafValues.Select(v => v * weight)]);

    // No patient counts by its many beats: of each class so many of a patient, evenly over the record.
    private static List<Row> Rows(IReadOnlyList<LabelledBeats> patients, BeatClass wanted)
    {
        var rows = new List<Row>();
        foreach (var patient in patients)
        {
            foreach (var group in Enumerable.Range(0, patient.Classes.Count).Where(i => patient.Classes[i] is not (null or BeatClass.Unclassifiable)).GroupBy(i => patient.Classes[i]))
            {
                int[] members = [.. group];
                var take = Math.Min(members.Length, MostPerPatientAndClass);
                for (var k = 0; k < take; k++)
                {
                    rows.Add(new Row { Features = patient.Features.Values[members[(long)k * members.Length / take]], Label = group.Key == wanted });
                }
            }
        }

        return rows;
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
