using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Splade.AI.Policy;

namespace Splade.AI.DependencyInjection;

/// <summary>A section of the configuration that some options are set from, setting by setting, without reflection.</summary>
/// <remarks>
/// Every problem is named with the key that it is under: values that the options refuse, values of the wrong form, and keys that are no
/// setting, such as misspelt ones.
/// </remarks>
/// <param name="name">The name of the options.</param>
/// <param name="section">The section.</param>
/// <param name="kind">Which settings there are.</param>
/// <param name="root">What the relative paths of files start from; null for the working folder.</param>
internal sealed class ConfiguredSection<TOptions>(string name, IConfigurationSection section, ModelKind<TOptions> kind, string? root = null)
    : IConfigureNamedOptions<TOptions>
    where TOptions : EncoderOptions, new()
{
    /// <summary>The name of the options.</summary>
    public string Name => name;

    public IConfigurationSection Section => section;

    public void Configure(TOptions options) => Configure(Options.DefaultName, options);

    /// <exception cref="OptionsValidationException">The section does not fit; all problems are in it.</exception>
    public void Configure(string? name, TOptions options)
    {
        if (name != Name)
        {
            return;
        }

        string[] problems = [.. section.GetChildren().Select(child => FindProblem(options, child)).OfType<string>()];
        if (problems.Length > 0)
        {
            throw new OptionsValidationException(Name, typeof(TOptions), problems);
        }
    }

    private string? FindProblem(TOptions options, IConfigurationSection setting)
    {
        if (!kind.Settings.TryGetValue(setting.Key, out Action<TOptions, SettingValue>? set))
        {
            string known = string.Join(", ", kind.Settings.Keys.Order(StringComparer.Ordinal));
            return $"'{setting.Path}' is no setting of a {kind.Name}. Expected one of {known}.";
        }

        // Nothing is how a configuration takes back what an earlier source of it has set.
        if (string.IsNullOrEmpty(setting.Value) && !setting.GetChildren().Any())
        {
            return null;
        }

        try
        {
            set(options, new SettingValue(setting, root));
            return null;
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException or VocabularyPolicyException or IOException or UnauthorizedAccessException)
        {
            return $"'{setting.Path}' is '{setting.Value}'. {problem.Message.ReplaceLineEndings(" ")}";
        }
    }
}
