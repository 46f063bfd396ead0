using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>Tells what kind each beat is. Rules live here; a trained model is given from outside.</summary>
public interface IBeatClassifier
{
    /// <summary>Method and version, as it is written beside the results.</summary>
    string Name { get; }

    /// <summary>Classifies beats.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="leads">Channel indices that were examined.</param>
    /// <param name="beats">Beats in order of time, with their marks where they were delineated.</param>
    /// <returns>One class a beat.</returns>
    IReadOnlyList<BeatClass> Classify(Recording recording, IReadOnlyList<int> leads, IReadOnlyList<Beat> beats);
}
