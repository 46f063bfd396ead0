using System.Collections;

namespace SignalLab.Formats;

/// <summary>A list that is made when it is first looked at.</summary>
/// <param name="make">Makes it; called once.</param>
internal sealed class LazyList<T>(Func<IReadOnlyList<T>> make) : IReadOnlyList<T>
{
    private readonly Lazy<IReadOnlyList<T>> items = new(make);

    /// <inheritdoc/>
    public int Count => items.Value.Count;

    /// <inheritdoc/>
    public T this[int index] => items.Value[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => items.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
