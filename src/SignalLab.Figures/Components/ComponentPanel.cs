using SignalLab.Model;

namespace SignalLab.Figures.Components;

/// <summary>What is shown of one component.</summary>
/// <param name="Title">Its number, what it seems to be and how sure that is.</param>
/// <param name="IsMarked">True where it is proposed for removal.</param>
/// <param name="Map">Its map, or null where the sensors' places are not known.</param>
/// <param name="Spectrum">Its power density.</param>
/// <param name="Activation">A stretch of its course.</param>
public sealed record ComponentPanel(string Title, bool IsMarked, Topography? Map, Series Spectrum, Series Activation)
{
    /// <summary>What the map's largest value is, for example <c>largest 23 µV at FPz</c>.</summary>
    public string MapNote { get; init; } = "";
}
