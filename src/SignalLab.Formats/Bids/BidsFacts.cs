using SignalLab.Model;

namespace SignalLab.Formats.Bids;

/// <summary>What <c>*_eeg.json</c> and its like say of a recording.</summary>
/// <remarks>Source: BIDS 1.10, "Sidecar JSON" of EEG, iEEG, MEG and NIRS.</remarks>
internal static class BidsFacts
{
    // What no noun holds and a reader wants to know.
    private static readonly string[] Told =
    [
        "TaskName", "TaskDescription", "Instructions", "EEGReference", "EEGGround", "iEEGReference", "iEEGGround", "EEGPlacementScheme", "iEEGPlacementScheme", "NIRSPlacementScheme", "CapManufacturer",
        "Manufacturer", "ManufacturersModelName", "SoftwareVersions", "InstitutionName", "RecordingType", "HardwareFilters", "SoftwareFilters", "DewarPosition", "ElectricalStimulation",
        "SubjectArtefactDescription",
    ];

    /// <summary>Mains frequency: the dataset's statement, else the data file's.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="description">The description.</param>
    /// <param name="remarks">Receives a sentence where both differ.</param>
    public static double? LineFrequencyHz(Recording recording, BidsDescription description, List<string> remarks)
    {
        if (description.Number("PowerLineFrequency", remarks) is not { } stated || stated <= 0)
        {
            return recording.LineFrequencyHz;
        }

        if (recording.LineFrequencyHz is { } known && known != stated)
        {
            remarks.Add(FormattableString.Invariant($"The data file states a mains frequency of {known} Hz, the dataset {stated} Hz, which counts."));
        }

        return stated;
    }

    /// <summary>What is stated otherwise than the data file has it. Its duration is looked at only here: a file may have to be read for it.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="study">All recordings of the data file.</param>
    /// <param name="description">The description.</param>
    public static IEnumerable<string> Contradictions(Recording recording, Study study, BidsDescription description)
    {
        var remarks = new List<string>();
        if (recording.Channels.Count > 0 && description.Number("SamplingFrequency", remarks) is { } rate && !study.Recordings.SelectMany(r => r.Channels).Any(c => Math.Abs(c.RateHz - rate) <= 1e-3 * rate))
        {
            remarks.Add(FormattableString.Invariant($"The dataset states a sampling frequency of {rate} Hz, the data file {recording.Channels.Max(c => c.RateHz)} Hz, which counts."));
        }

        // Some count the last sample, some do not; some round.
        if (recording.Evoked is null && description.Number("RecordingDuration", remarks) is { } duration && Math.Abs(duration - recording.DurationSeconds) > Math.Max(0.5, 0.01 * duration))
        {
            remarks.Add(FormattableString.Invariant($"The dataset states a duration of {duration} s, the data file holds {recording.DurationSeconds} s."));
        }

        return remarks;
    }

    /// <summary>What is told of reference, ground, filters and device, one line each.</summary>
    /// <param name="description">The description.</param>
    public static IEnumerable<string> Comments(BidsDescription description) =>
        Told.Select(key => (key, Text: description.Text(key))).Where(c => c.Text is not null).Select(c => $"{c.key}: {c.Text!.ReplaceLineEndings(" ")}");
}
