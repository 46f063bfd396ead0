using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;

namespace SignalLab.Learning.Beats;

/// <summary>
/// Trains the beat model: boosted trees tell ventricular beats by their shape, extremely randomised ones supraventricular beats by rhythm and P wave. No
/// threshold is fitted. Beside the recorded rhythms stand those of <see cref="BeatAugmentation"/>.
/// </summary>
public static class BeatTraining
{
    /// <summary>Version of the features and of the way of training.</summary>
    public const string Version = "5";

    private const int Seed = 20;

    // No patient counts by its many beats: so many of each class; the trees that tell ventricular beats take fewer.
    private const int MostRecorded = 150;
    private const int MostVentricular = 80;
    private const int MostInRuns = 200;
    private const int MostInFibrillation = 10;
    private const int MostVentricularInFibrillation = 40;

    // Log-odds: normal beats far outnumber ventricular ones, so these must be sure; supraventricular ones are easily missed, so three trees of eight suffice.
    private const double LeastVentricular = 3;
    private const double LeastSupraventricular = -0.5;

    // What is made and chosen by chance is so again for each part of the trees: one draw moved the results by several of a hundred.
    private const int Draws = 5;
    private const int BoostedTrees = 120;
    private const int RandomTrees = 50;

    // What tells a ventricular beat in any patient; sizes in seconds and shares tell patients apart instead.
    private static readonly int[] ShapeColumns =
    [
        .. new[]
        {
            "RR before", "RR after", "RR before / after", "RR both", "RR before / its predecessor", "RR before / far local", "QRS correlation", "QRS size", "QRS correlation, least lead",
            "QRS correlation, best lead", "QRS width / usual", "QRS spread / usual", "QRS slope / usual", "QRS height, least lead", "QRS height, largest lead", "QRS area, least lead",
            "QRS area, largest lead", "T correlation, least lead", "T correlation, best lead", "T size", "P correlation, best lead, against the beats around", "QRS spread, s", "QRS correlation, previous beat",
            "QRS correlation, next beat", "is the usual shape", "RR before, median of its shape", "RR after, median of its shape", "QRS spread / usual, median of its shape",
            "QRS correlation, median of its shape", "RR both, median of its shape", "QRS size, median of its shape",
            "T correlation, least lead, median of its shape", "share of early beats among them",
            "local QRS correlation", "local QRS size", "local QRS correlation, least lead", "local QRS correlation, best lead", "local QRS correlation, median of its shape",
            "local QRS size, median of its shape",
        }.Select(BeatFeatures.IndexOf),
    ];

    /// <summary>Trains on all patients and writes the model.</summary>
    /// <param name="patients">At least as many as folds.</param>
    /// <param name="folds">Parts of the patients, each of which is left out once.</param>
    /// <param name="path">Where the model is written.</param>
    /// <returns>Per patient the classes given by a model that had not seen the patient.</returns>
    public static IReadOnlyList<IReadOnlyList<BeatClass>> Train(IReadOnlyList<LabelledBeats> patients, int folds, string path)
    {
        ArgumentNullException.ThrowIfNull(patients);
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(patients.Count, folds);
        using (var writer = new StreamWriter(path))
        {
            Fit(patients).Write(writer);
        }

        var unseen = new IReadOnlyList<BeatClass>[patients.Count];
        for (var fold = 0; fold < folds; fold++)
        {
            var model = Fit([.. patients.Where((_, p) => p % folds != fold)]);
            for (var p = fold; p < patients.Count; p += folds)
            {
                unseen[p] = model.Classify(patients[p].Features.Values);
            }
        }

        return unseen;
    }

    private static BeatModel Fit(IReadOnlyList<LabelledBeats> patients)
    {
        var random = new Random(Seed);
        var recorded = Rows(patients, MostRecorded);
        float[][] withoutP = [.. patients.SelectMany(p => p.Evidence.Shapes.Where((_, i) => p.Classes[i] == BeatClass.Ventricular))];
        List<TreeEnsemble.Tree> supraventricular = [], ventricular = [];
        for (var draw = 0; draw < Draws; draw++)
        {
            var runs = patients.Select(p => BeatAugmentation.MostlySupraventricular(p, random)).OfType<LabelledBeats>().ToArray();
            LabelledBeats[] fibrillation = withoutP.Length == 0 ? [] : [.. patients.Select(p => BeatAugmentation.InFibrillation(p, random, withoutP))];
            (float[] Values, BeatClass Class)[] all = [.. recorded, .. Rows(runs, MostInRuns), .. Rows(fibrillation, MostInFibrillation)];
            supraventricular.AddRange(new ExtraTrees([.. all.Select(r => r.Values)], [.. all.Select(r => r.Class == BeatClass.Supraventricular)], random).Grow(RandomTrees, Draws * RandomTrees));

            // A fusion beat is half a ventricular one: trees that are told it is none, or one, learn worse what one is. In fibrillation early beats tell little: shapes must.
            (float[] Values, BeatClass Class)[] shapes = [.. Rows(patients, MostVentricular), .. Rows(fibrillation, MostVentricularInFibrillation)];
            ventricular.AddRange(Boost([.. shapes.Where(r => r.Class != BeatClass.Fusion)], BeatClass.Ventricular, ShapeColumns, draw));
        }

        return new(Version, [new(BeatClass.Supraventricular, LeastSupraventricular, new(supraventricular)), new(BeatClass.Ventricular, LeastVentricular, new(ventricular))]);
    }

    private static IEnumerable<TreeEnsemble.Tree> Boost((float[] Values, BeatClass Class)[] rows, BeatClass wanted, int[] columns, int draw)
    {
        var context = new MLContext(Seed);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns.Length);
        var trainer = context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            LabelColumnName = nameof(Row.Label),
            FeatureColumnName = nameof(Row.Features),
            NumberOfTrees = BoostedTrees,
            NumberOfLeaves = 6,
            MinimumExampleCountPerLeaf = 20,
            LearningRate = 0.1,
            FeatureFraction = 0.5,
            Seed = Seed,
            FeatureSelectionSeed = Seed + draw,

            // With one thread ML.NET hands every feature to another thread and waits; with two the caller works itself. A test holds that the result repeats.
            NumberOfThreads = 2,
        });
        var data = rows.Select(r => new Row { Features = [.. columns.Select(c => r.Values[c])], Label = r.Class == wanted });
        var fitted = trainer.Fit(context.Data.LoadFromEnumerable(data, schema));
        var (trees, slope) = (fitted.Model.SubModel.TrainedTreeEnsemble, fitted.Model.Calibrator.Slope / Draws);
        return trees.Trees.Zip(trees.TreeWeights, (tree, weight) => Convert(tree, -weight * slope, columns));
    }

    private static TreeEnsemble.Tree Convert(RegressionTree tree, double weight, int[] columns) => new(
        [.. tree.NumericalSplitFeatureIndexes.Select(f => columns[f])], [.. tree.NumericalSplitThresholds], [.. tree.LeftChild], [.. tree.RightChild], [.. tree.LeafValues.Select(v => v * weight)]);

    private static (float[] Values, BeatClass Class)[] Rows(IReadOnlyList<LabelledBeats> patients, int most)
    {
        var rows = new List<(float[], BeatClass)>();
        foreach (var patient in patients)
        {
            foreach (var group in Enumerable.Range(0, patient.Classes.Count).Where(i => patient.Classes[i] is not (null or BeatClass.Unclassifiable)).GroupBy(i => patient.Classes[i]!.Value))
            {
                rows.AddRange(BeatAugmentation.Spread([.. group], most).Select(i => (patient.Features.Values[i], group.Key)));
            }
        }

        return [.. rows];
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
