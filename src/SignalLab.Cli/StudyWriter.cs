using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>Writes a study in the format that the output's ending names.</summary>
internal static class StudyWriter
{
    public static void Write(Study study, string path, bool force) => throw new UsageException($"{path}: {study.Format} {force}");
}
