namespace SignalLab.Fuzz;

/// <summary>Damages real files thousands of times and reads them: a result or one clear error each, within 2 s and 512 MB.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (Options.Parse(args) is not { } options)
        {
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }

        return options switch
        {
            { Driver: { } driver } => Driver.Run(options.Paths[0], driver),
            { Progress: not null } or { Case: not null } => new Worker(options).Run(),
            _ => new Supervisor(options).Run(),
        };
    }
}
