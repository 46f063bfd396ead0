using SignalLab.Formats.Labels;
using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>From an opened file to a recording.</summary>
internal static class EdfFile
{
    public static Study Open(string path)
    {
        var source = ByteSource.Open(path);
        var header = EdfHeaderReader.Read(source);
        var records = new EdfRecords(source, header);
        var timeline = EdfTimeline.Of(records);
        EdfSignal[] signals = [.. header.Signals.Where(s => !s.HoldsAnnotations && s.SamplesPerRecord > 0)];
        var remarks = header.Remarks.Concat(RemarksOn(header)).ToList();
        var start = StartOf(header, timeline.FirstOnset, remarks);
        var kindOf = ChannelLabels.KindsAmong(signals.Select(s => s.Label));
        var recording = new Recording([.. signals.Select(s => ChannelOf(s, header, kindOf))], new EdfSamples(records, signals))
        {
            Segments = timeline.Segments,
            Annotations = timeline.Annotations,
            Start = start,
            Subject = EdfPatient.Read(header.Patient, start),
            Remarks = timeline.RemarksAfter(remarks),
            Provenance = Provenance.OfFile(path, header.Format),
        };
        return new Study { Recordings = [recording], Format = header.Format };
    }

    private static Channel ChannelOf(EdfSignal signal, EdfHeader header, Func<string, Unit, ChannelKind> kindOf)
    {
        var unit = signal.HasScale ? Unit.Parse(signal.Dimension) : Unit.Unknown;
        return new Channel(
            signal.Label,
            kindOf(signal.Label, unit),
            unit,
            signal.SamplesPerRecord / (double)header.RecordSeconds,
            header.RecordCount * signal.SamplesPerRecord)
        {
            Calibration = signal.Calibration(header.Is24Bit),
            Transducer = signal.Transducer,
            Prefilter = signal.Prefilter,
        };
    }

    private static IEnumerable<string> RemarksOn(EdfHeader header)
    {
        foreach (var signal in header.Signals.Where(s => !s.HoldsAnnotations))
        {
            if (signal.SamplesPerRecord == 0)
            {
                yield return $"Signal '{signal.Label}' has no samples and is left out.";
            }
            else if (!signal.HasScale)
            {
                var which = signal.PhysicalMinimum == signal.PhysicalMaximum ? "physical" : "digital";
                yield return $"Signal '{signal.Label}': {which} minimum equals maximum, so it has no scale; its digital values are given, without a unit.";
            }
            else if (signal.DigitalMinimum > signal.DigitalMaximum)
            {
                yield return $"Signal '{signal.Label}': digital minimum lies above digital maximum; the line through both limits is used.";
            }
        }
    }

    private static DateTime? StartOf(EdfHeader header, decimal firstOnset, List<string> remarks)
    {
        if (header.Start is not { } start)
        {
            return null;
        }

        var ticks = start.Ticks + (firstOnset * TimeSpan.TicksPerSecond);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            remarks.Add("The first record's time stamp leads outside the calendar: the start is unknown.");
            return null;
        }

        return new DateTime((long)Math.Round(ticks));
    }
}
