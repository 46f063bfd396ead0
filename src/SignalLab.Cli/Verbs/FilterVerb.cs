using System.CommandLine;
using SignalLab.Model;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab filter FILE OUT</c>: band-pass, high-pass, low-pass, notch and mains hum.</summary>
internal static class FilterVerb
{
    public static Command Create()
    {
        var file = Common.File();
        var output = Common.Out("Where to; the ending decides the format.");
        var response = new Option<string>("--response") { Description = "Also write the filter's response: .csv, .png, .svg or .pdf." };
        var command = new Command("filter", "Filters a recording; never across a gap. Example: signallab filter raw.edf clean.edf --highpass 0.5 --lowpass 70 --notch 50")
        {
            file, output, Conditioning.Highpass, Conditioning.Lowpass, Conditioning.Notch, Conditioning.Order, Conditioning.Design, Conditioning.PhaseName, Conditioning.Quality, Conditioning.Ripple, Conditioning.Attenuation, Conditioning.Window, Conditioning.Mains,
            response, Common.Channels, Common.From, Common.To, Common.Condition, Common.Force,
        };
        command.SetAction(parsed =>
        {
            var designs = Conditioning.Designs(parsed);
            if (designs.Count == 0 && (parsed.GetValue(Conditioning.Mains) is null || parsed.GetValue(response) is not null))
            {
                throw new UsageException("filter: nothing to do; give --highpass, --lowpass, --notch or --mains (which has no response of its own).");
            }

            // Filtered whole, cut afterwards: a stretch is the same whether it was cut out or not.
            var recording = Input.Recording(parsed, parsed.GetValue(file)!, whole => Conditioning.Apply(parsed, whole));
            if (parsed.GetValue(response) is { } responseFile)
            {
                ResponseFigure.Write(designs, Conditioning.PhaseOf(parsed), recording, responseFile, parsed.GetValue(Common.Force));
            }

            var quiet = parsed.GetValue(Common.Quiet);
            Terminal.Remark(recording.Remarks, quiet);
            StudyWriter.Write(new Study { Recordings = [Terminal.Watched(recording, quiet)] }, parsed.GetValue(output)!, parsed.GetValue(Common.Force), null, quiet);
            return ExitCode.Done;
        });
        return command;
    }
}
