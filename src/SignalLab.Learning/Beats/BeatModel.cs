using System.Globalization;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;

namespace SignalLab.Learning.Beats;

/// <summary>What was learned about beats: for each ectopic class trees that tell it from all others, and the score from which it is believed. A text of our own, so that prediction needs no package.</summary>
internal sealed class BeatModel(string version, IReadOnlyList<BeatModel.Part> parts)
{
    private const string Head = "SignalLab beat model";

    /// <summary>One class.</summary>
    /// <param name="Class">Which.</param>
    /// <param name="Threshold">Least score.</param>
    /// <param name="Trees">The trees.</param>
    internal sealed record Part(BeatClass Class, double Threshold, TreeEnsemble Trees);

    /// <summary>Version, as results state it.</summary>
    public string Version => version;

    /// <summary>The classes that were learned.</summary>
    public IReadOnlyList<Part> Parts => parts;

    /// <summary>The classes of all beats of a recording: each by its scores, then <see cref="FusionBeats"/> among them.</summary>
    /// <param name="rows">Values of each beat, as <see cref="BeatFeatures.Names"/> says.</param>
    public IReadOnlyList<BeatClass> Classify(IReadOnlyList<float[]> rows)
    {
        var classes = new BeatClass[rows.Count];
        Parallel.For(0, rows.Count, i => classes[i] = Classify(rows[i]));
        if (parts.FirstOrDefault(p => p.Class == BeatClass.Ventricular) is { } ventricular)
        {
            FusionBeats.Name(rows, classes, row => ventricular.Trees.Score(row));
        }

        return classes;
    }

    /// <summary>The class whose score lies furthest above its threshold; normal where none does.</summary>
    /// <param name="row">Values of one beat, as <see cref="BeatFeatures.Names"/> says.</param>
    public BeatClass Classify(ReadOnlySpan<float> row)
    {
        var (found, most) = (BeatClass.Normal, 0.0);
        foreach (var part in parts)
        {
            if ((part.Class != BeatClass.Supraventricular || EarlyBeats.MayBe(row)) && part.Trees.Score(row) - part.Threshold is var above && above > most)
            {
                (found, most) = (part.Class, above);
            }
        }

        return found;
    }

    /// <summary>Writes the model.</summary>
    /// <param name="writer">Receives the text.</param>
    public void Write(TextWriter writer)
    {
        writer.Write($"{Head}\t{version}\n");
        writer.Write(string.Join('\t', BeatFeatures.Names) + "\n");
        foreach (var part in parts)
        {
            writer.Write(FormattableString.Invariant($"{part.Class}\t{part.Threshold:R}\t{part.Trees.Trees.Count}\n"));
            foreach (var tree in part.Trees.Trees)
            {
                writer.Write(tree.Write() + "\n");
            }
        }
    }

    /// <summary>Reads a model.</summary>
    /// <param name="reader">The text.</param>
    /// <exception cref="InvalidDataException">It is no model, or was made from other values.</exception>
    public static BeatModel Read(TextReader reader)
    {
        var head = (reader.ReadLine() ?? "").Split('\t');
        if (head is not [Head, var version])
        {
            throw new InvalidDataException($"The first line of a beat model begins with '{Head}'.");
        }

        if (!(reader.ReadLine() ?? "").Split('\t').SequenceEqual(BeatFeatures.Names))
        {
            throw new InvalidDataException("The beat model was made from other values than this version measures: train it again.");
        }

        var parts = new List<Part>();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            var columns = line.Split('\t');
            var count = int.Parse(columns[2], CultureInfo.InvariantCulture);
            var trees = Enumerable.Range(0, count).Select(_ => TreeEnsemble.Tree.Read(reader.ReadLine() ?? "")).ToArray();
            parts.Add(new(Enum.Parse<BeatClass>(columns[0]), double.Parse(columns[1], CultureInfo.InvariantCulture), new(trees)));
        }

        return new(version, parts);
    }
}
