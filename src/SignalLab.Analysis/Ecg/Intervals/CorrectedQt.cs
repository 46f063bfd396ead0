namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>The QT interval as it would be at 60 beats a minute.</summary>
public static class CorrectedQt
{
    /// <summary>QT / √RR. Source: Bazett 1920, Heart 7:353.</summary>
    /// <param name="qtSeconds">The QT interval.</param>
    /// <param name="rrSeconds">The RR interval it belongs to, &gt; 0.</param>
    /// <returns>Seconds.</returns>
    public static double Bazett(double qtSeconds, double rrSeconds) => qtSeconds / Math.Sqrt(rrSeconds);

    /// <summary>QT / ∛RR. Source: Fridericia 1920, Acta Med Scand 53:469.</summary>
    /// <param name="qtSeconds">The QT interval.</param>
    /// <param name="rrSeconds">The RR interval it belongs to, &gt; 0.</param>
    /// <returns>Seconds.</returns>
    public static double Fridericia(double qtSeconds, double rrSeconds) => qtSeconds / Math.Cbrt(rrSeconds);

    /// <summary>QT + 0.154 (1 − RR). Source: Sagie et al. 1992 (Framingham), Am J Cardiol 70:797.</summary>
    /// <param name="qtSeconds">The QT interval.</param>
    /// <param name="rrSeconds">The RR interval it belongs to, &gt; 0.</param>
    /// <returns>Seconds.</returns>
    public static double Framingham(double qtSeconds, double rrSeconds) => qtSeconds + (0.154 * (1 - rrSeconds));

    /// <summary>QT + 1.75 ms a beat a minute above 60. Source: Hodges, Salerno and Erlien 1983, J Am Coll Cardiol 1:694.</summary>
    /// <param name="qtSeconds">The QT interval.</param>
    /// <param name="rrSeconds">The RR interval it belongs to, &gt; 0.</param>
    /// <returns>Seconds.</returns>
    public static double Hodges(double qtSeconds, double rrSeconds) => qtSeconds + (0.00175 * ((60 / rrSeconds) - 60));
}
