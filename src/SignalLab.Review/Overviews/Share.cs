namespace SignalLab.Review.Overviews;

/// <summary>Hands a share that is done on at once: <see cref="Progress{T}"/> would post it to a context.</summary>
internal sealed class Share(Action<double> report) : IProgress<double>
{
    public void Report(double value) => report(value);
}
