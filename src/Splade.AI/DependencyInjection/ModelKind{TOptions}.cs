namespace Splade.AI.DependencyInjection;

/// <summary>A kind of model that a container loads: what it is called, which settings it has, and what can be checked before it is loaded.</summary>
/// <param name="Name">For messages, for example "SPLADE engine".</param>
/// <param name="Settings">How each setting of a configuration gets into the options, by its name.</param>
/// <param name="Check">Reads the folder that the options name, and throws what loading would throw.</param>
internal sealed record ModelKind<TOptions>(
    string Name, IReadOnlyDictionary<string, Action<TOptions, SettingValue>> Settings, Action<TOptions> Check)
    where TOptions : EncoderOptions, new()
{
    /// <summary>A model of the kind, by the key of its registration.</summary>
    public string Describe(string? key) => string.IsNullOrEmpty(key) ? $"The {Name}" : $"The {Name} '{key}'";
}
