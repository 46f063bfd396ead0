using SignalLab.Analysis.Ecg;
using SignalLab.Cli.Norms;
using SignalLab.Learning.Beats;

namespace SignalLab.Cli;

/// <summary>What every verb examines ECGs with: the trained beat model, and the user's norms before those that come with the program.</summary>
internal static class EcgDefaults
{
    public static EcgOptions Options(bool quiet = true) => new() { Classifier = TrainedBeatClassifier.Bundled, Norms = NormFolder.All(quiet) };
}
