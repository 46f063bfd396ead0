using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Selection;
using SignalLab.Cli.Norms;

namespace SignalLab.Cli.Ecg;

/// <summary>One examined ECG.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Examination">What was found.</param>
/// <param name="FirstSample">Sample of the record at which the examined stretch begins.</param>
/// <param name="FirstSeconds">The same as a time.</param>
internal sealed record EcgRecord(string Name, EcgExamination Examination, long FirstSample, double FirstSeconds)
{
    /// <summary>Labels of the examined leads, as the file has them.</summary>
    public IReadOnlyList<string> Leads { get; } = [.. Examination.Leads.Select(l => Examination.Recording.Channels[l].Label)];

    /// <summary>Opens and examines a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="choice">Leads, stretch, and the recording where a file holds several.</param>
    /// <param name="quiet">No remarks.</param>
    public static EcgRecord Of(string path, EcgChoice choice, bool quiet)
    {
        var study = Formats.KnownFormats.Open(path);
        var recording = Selection.Recording(study, path, choice.Condition);
        Terminal.Remark(study.Remarks.Concat(recording.Remarks), quiet);
        var name = Path.GetFileNameWithoutExtension(path.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar));
        if (choice.Leads is { } wanted)
        {
            recording = recording.Pick(Selection.Channels(recording, wanted));
        }

        var leads = choice.Leads is null ? recording.EcgLeads() : [.. Enumerable.Range(0, recording.Channels.Count)];
        var options = new EcgOptions { Norms = NormFolder.All(quiet) };
        if (choice.Within is not { } within || leads.Count == 0)
        {
            return new(name, recording.Examine(options with { Leads = leads }), 0, 0);
        }

        var picked = recording.Pick(leads);
        var first = picked.SampleAt(0, within.From);
        var stretch = picked.Crop(within.From, within.To);
        return new(name, stretch.Examine(options with { Leads = [.. Enumerable.Range(0, leads.Count)] }), first, picked.TimeOf(0, first));
    }
}

/// <summary>What of a file is examined.</summary>
/// <param name="Leads">Names of leads as on the command line, or null for all.</param>
/// <param name="Within">Seconds from and to, or null for the whole.</param>
/// <param name="Condition">Which recording of a file that holds several, or null for the first.</param>
internal sealed record EcgChoice(string? Leads = null, (double From, double To)? Within = null, string? Condition = null);
