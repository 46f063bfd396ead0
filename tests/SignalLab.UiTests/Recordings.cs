using SignalLab.Analysis.Simulation;
using SignalLab.Formats.Edf;

namespace SignalLab.UiTests;

/// <summary>Recordings that are too long for the repository.</summary>
internal static class Recordings
{
    /// <summary>Twenty minutes of EEG with a start at eleven at night.</summary>
    public static void WriteNight(string path) => EdfWriter.Write(
        EegSimulation.Create(5, 1200, gaps: false).Data with { Start = new DateTime(2024, 3, 1, 23, 0, 0, DateTimeKind.Unspecified), Annotations = [new(0, 0, "Lights out")] }, path);
}
