using System.Text.RegularExpressions;
using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>What a signal records, told by its description and unit.</summary>
internal static partial class WfdbChannelKind
{
    private static readonly (Regex Pattern, ChannelKind Kind)[] Patterns =
    [
        (EcgLead(), ChannelKind.Ecg),
        (Pleth(), ChannelKind.Pleth),
        (Saturation(), ChannelKind.SpO2),
        (Respiration(), ChannelKind.Resp),
        (Pressure(), ChannelKind.Pressure),
        (Eog(), ChannelKind.Eog),
        (Emg(), ChannelKind.Emg),
        (Eeg(), ChannelKind.Eeg),
        (Temperature(), ChannelKind.Temp),
        (SkinResponse(), ChannelKind.Gsr),
        (Sound(), ChannelKind.Sound),
        (Position(), ChannelKind.Position),
        (Stimulus(), ChannelKind.Stim),
    ];

    /// <summary>The kind; a signal in mV of an unknown name is an ECG lead, as in most WFDB records.</summary>
    /// <param name="description">The signal's description.</param>
    /// <param name="unit">Its unit.</param>
    public static ChannelKind Of(string description, Unit unit)
    {
        foreach (var (pattern, kind) in Patterns)
        {
            if (pattern.IsMatch(description))
            {
                return kind;
            }
        }

        return unit.Equals(Unit.Millivolt) ? ChannelKind.Ecg
            : unit.Equals(MillimetreOfMercury) ? ChannelKind.Pressure
            : unit.Equals(Celsius) ? ChannelKind.Temp
            : ChannelKind.Other;
    }

    private static readonly Unit MillimetreOfMercury = Unit.Parse("mmHg");
    private static readonly Unit Celsius = Unit.Parse("degC");

    private const RegexOptions Loose = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"^(((lead|ecg|ekg)[ _:-]*)?(I|II|III|aV[RLF]|V|V[1-9]R?|V[XYZ]|M?V[1-9]|ML?I{1,3}|MLV?[1-9]?|MCL[1-6]?|C[MCSBH][1-9]|D[1-9]|ES|AS|AI)\+?|(ecg|ekg).*|.*\b(ecg|ekg)\b.*|electrocardiogram.*)$", Loose)]
    private static partial Regex EcgLead();

    [GeneratedRegex(@"pleth|\bppg\b|^pulse\b|photopl", Loose)]
    private static partial Regex Pleth();

    [GeneratedRegex(@"^(spo2|sao2|so2|s[pa]o2.*|o2 ?sat.*|oxygen.*)$", Loose)]
    private static partial Regex Saturation();

    [GeneratedRegex(@"^resp|airflow|\bflow\b|thorac|thorax|abdo|^chest|nasal|^(imp|co2|etco2)\b", Loose)]
    private static partial Regex Respiration();

    [GeneratedRegex(@"^(n?ibp|[aup]?ap|abp|art|a?bp|cvp|pap|icp|lap|rap|uap|uvp|rvp|fap|p[1-9])(mean|sys|dias)?\d?$|pressure|^(abp|art|bp|cvp|icp)\b", Loose)]
    private static partial Regex Pressure();

    [GeneratedRegex(@"\beog|^(loc|roc|e[12])(-|$)", Loose)]
    private static partial Regex Eog();

    [GeneratedRegex(@"\bemg|^chin\b|^(leg|lat|rat)\b", Loose)]
    private static partial Regex Emg();

    [GeneratedRegex(@"^eeg|\beeg\b|^(fp[12z]|a?f[0-9z]{1,2}|[fcptoa][0-9z]|f[ct][0-9z]{1,2}|t[p]?[0-9]{1,2}|c[p]?[0-9z]|p[o]?[0-9z]|o[12z])[.]*([-_ ]([fcptoamg][a-z]?[0-9z]{1,2}|ref|le|avg|a1a2))?[.]*$", Loose)]
    private static partial Regex Eeg();

    [GeneratedRegex(@"^temp|\btemperature\b", Loose)]
    private static partial Regex Temperature();

    [GeneratedRegex(@"^(gsr|eda|scl|scr)\b|skin (conduct|resist)|\bgsr\b", Loose)]
    private static partial Regex SkinResponse();

    [GeneratedRegex(@"snor|^sound|^mic|phono|^pcg\b|auscult", Loose)]
    private static partial Regex Sound();

    [GeneratedRegex(@"^acc|accel|^pos(ition)?\b|gyro", Loose)]
    private static partial Regex Position();

    [GeneratedRegex(@"^(stim|trig|mark|event|status|sti\b)", Loose)]
    private static partial Regex Stimulus();
}
