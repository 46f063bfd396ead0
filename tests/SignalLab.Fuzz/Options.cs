using System.Globalization;

namespace SignalLab.Fuzz;

/// <summary>What is asked for.</summary>
internal sealed record Options
{
    /// <summary>How it is called.</summary>
    public const string Usage = """
        usage: SignalLab.Fuzz FILE|FOLDER… [--truncations 64] [--mutations 2000] [--seed 1] [--minutes N] [--format NAME] [--crashes FOLDER]
               SignalLab.Fuzz FILE --case N [--seed 1]        one case again, with its stack
               SignalLab.Fuzz FILE --driver afl|libfuzzer     under afl-fuzz or libfuzzer-dotnet
        """;

    /// <summary>Files and folders.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Cuts of every file.</summary>
    public int Truncations { get; init; } = 64;

    /// <summary>Mutations of every file.</summary>
    public int Mutations { get; init; } = 2000;

    /// <summary>Seed of all cases.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Begins again with the next seed until so many minutes are over; 0 for one turn.</summary>
    public double Minutes { get; init; }

    /// <summary>Only samples of this format; null for all.</summary>
    public string? Format { get; init; }

    /// <summary>Where inputs that fail are kept.</summary>
    public string Crashes { get; init; } = "crashes";

    /// <summary>The one case wanted.</summary>
    public int? Case { get; init; }

    /// <summary>The fuzzer that calls, or null.</summary>
    public string? Driver { get; init; }

    /// <summary>In a worker: the file that tells which case runs.</summary>
    public string? Progress { get; init; }

    /// <summary>In a worker: the first case.</summary>
    public int From { get; init; }

    /// <summary>Cases of one file of a sample.</summary>
    public int CasesOfPart => Truncations + Mutations;

    /// <summary>Reads the command line.</summary>
    /// <param name="args">Its words.</param>
    /// <returns>What is asked for, or null where it cannot be understood.</returns>
    public static Options? Parse(string[] args)
    {
        var (options, paths) = (new Options(), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                paths.Add(args[i]);
                continue;
            }

            if (++i == args.Length || options.With(args[i - 1], args[i]) is not { } next)
            {
                return null;
            }

            options = next;
        }

        return paths.Count > 0 && paths.All(Path.Exists) && options.Driver is null or "afl" or "libfuzzer" ? options with { Paths = paths } : null;
    }

    private Options? With(string name, string value)
    {
        var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return name switch
        {
            "--truncations" when isNumber => this with { Truncations = number },
            "--mutations" when isNumber => this with { Mutations = number },
            "--seed" when isNumber => this with { Seed = number },
            "--case" when isNumber => this with { Case = number },
            "--from" when isNumber => this with { From = number },
            "--minutes" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var minutes) => this with { Minutes = minutes },
            "--format" => this with { Format = value },
            "--crashes" => this with { Crashes = value },
            "--driver" => this with { Driver = value },
            "--progress" => this with { Progress = value },
            _ => null,
        };
    }
}
