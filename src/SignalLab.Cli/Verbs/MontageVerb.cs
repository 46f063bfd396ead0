using System.CommandLine;
using SignalLab.Model;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab montage FILE OUT</c>: derivations.</summary>
internal static class MontageVerb
{
    public static Command Create()
    {
        var file = Common.File();
        var output = Common.Out("Where to; the ending decides the format.");
        var command = new Command("montage", "Derives channels from each other. Example: signallab montage raw.edf banana.edf --montage banana")
        {
            file, output, Derivations.Montage, Derivations.Interpolate, Derivations.Bad, Common.Channels, Common.From, Common.To, Common.Condition, Common.Force,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(Derivations.Montage) is null && !parsed.GetValue(Derivations.Interpolate))
            {
                throw new UsageException($"montage: --montage (or --interpolate) is missing: {Derivations.Names}.");
            }

            // Derived from all electrodes, picked afterwards: --channels names derivations here.
            var recording = Input.Recording(parsed, parsed.GetValue(file)!, whole => Conditioning.Apply(parsed, whole));
            var quiet = parsed.GetValue(Common.Quiet);
            StudyWriter.Write(new Study { Recordings = [Terminal.Watched(recording, quiet)] }, parsed.GetValue(output)!, parsed.GetValue(Common.Force), null, quiet);
            return ExitCode.Done;
        });
        return command;
    }
}
