using SignalLab.Model;

namespace SignalLab.Formats.Bids;

/// <summary>
/// Lays over a recording what the files of its BIDS dataset say of it. It stands on top of every format's reader: what the reader gave is the data file,
/// what is changed here came from the dataset, and the provenance names the files.
/// </summary>
internal static class BidsTree
{
    /// <summary>The study with its recordings described; the study itself where the file lies in no such tree or nothing describes it.</summary>
    /// <param name="path">The file or folder that was opened.</param>
    /// <param name="study">What it holds.</param>
    /// <exception cref="MalformedFileException">A file that describes it is damaged.</exception>
    public static Study Described(string path, Study study)
    {
        if (study.Recordings.Count == 0 || BidsPlace.Of(path) is not { } place)
        {
            return study;
        }

        var sidecars = BidsSidecars.Of(place);
        return study with { Recordings = [.. study.Recordings.Select(r => Described(r, study, place, sidecars))] };
    }

    private static Recording Described(Recording recording, Study study, BidsPlace place, BidsSidecars sidecars)
    {
        var (own, used) = (recording, new BidsUse(place));
        var (remarks, comments) = (new List<string>(), new List<string>());
        var descriptions = sidecars.Descriptions(place.Datatype);
        var description = BidsDescription.Read(descriptions);
        foreach (var path in descriptions)
        {
            used.Add(path);
        }

        if (sidecars.Table("channels") is { } channels)
        {
            used.Add(channels);
            recording = recording with { Channels = BidsChannels.Apply(recording.Channels, LabelsOf(study), BidsTable.Read(channels), remarks, comments) };
        }

        if (BidsElectrodes.Read(sidecars, used, remarks) is { } layout)
        {
            recording = BidsPlacement.Placed(recording, layout, remarks);
        }

        // An average has no time of day at which something happened.
        if (recording.Evoked is null && sidecars.Table("events") is { } events)
        {
            used.Add(events);
            var columns = sidecars.Descriptions("events");
            foreach (var path in columns)
            {
                used.Add(path);
            }

            var found = BidsEvents.Read(BidsTable.Read(events), BidsDescription.Read(columns), recording, remarks);
            var rateHz = recording.Channels.Count == 0 ? 0 : recording.Channels.Max(c => c.RateHz);

            // A file may have to be read for its markers: not before somebody asks for them.
            recording = recording with { Annotations = new LazyList<Annotation>(() => BidsMarkers.Joined(own.Annotations, found, rateHz)) };
        }

        recording = recording with
        {
            Subject = BidsPeople.Subject(own.Subject, place, used, remarks),
            Start = recording.Evoked is null ? BidsPeople.Start(own.Start, place, sidecars, used, remarks) : own.Start,
            LineFrequencyHz = BidsFacts.LineFrequencyHz(own, description, remarks),
            Comments = [.. own.Comments, .. NameOf(own.Subject, place), .. BidsFacts.Comments(description), .. comments],
            Remarks = new LazyList<string>(() => [.. own.Remarks, .. remarks, .. BidsFacts.Contradictions(own, study, description)]),
        };
        return used.IsEmpty ? recording : recording with { Provenance = own.Provenance.Then(used.Step) };
    }

    // A file can hold several recordings (signals with clocks of their own): the dataset describes them together.
    private static HashSet<string> LabelsOf(Study study) => [.. study.Recordings.SelectMany(r => r.Channels).Select(c => c.Label.Trim())];

    private static IEnumerable<string> NameOf(Subject subject, BidsPlace place) =>
        subject.Id is { Length: > 0 } id && id != place.Participant && id != place.Name["sub"] ? [$"The data file calls the subject {id}."] : [];
}
