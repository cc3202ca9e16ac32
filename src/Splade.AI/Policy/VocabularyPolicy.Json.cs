using System.Text;
using Splade.AI.Policy.Json;

namespace Splade.AI.Policy;

/// <content>Files.</content>
public sealed partial class VocabularyPolicy
{
    private const string NameOfText = "policy";

    /// <summary>Reads a policy file once and whole. The format is described in <c>docs/vocabulary-policy.md</c>.</summary>
    /// <param name="path">JSON in UTF-8. Comments and trailing commas are allowed.</param>
    /// <exception cref="VocabularyPolicyException">Something is wrong with it. The message begins with the place: <c>policy.json(12,5): ...</c>.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static VocabularyPolicy Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return PolicyReader.Read(new PolicySource(File.ReadAllBytes(path), path));
    }

    /// <summary>Reads a policy from a text in the format of the file.</summary>
    /// <param name="json">The text. Comments and trailing commas are allowed.</param>
    /// <param name="name">What the text is called in messages; null for <c>policy</c>.</param>
    /// <exception cref="VocabularyPolicyException">Something is wrong with it. The message begins with the place.</exception>
    public static VocabularyPolicy Parse(string json, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return PolicyReader.Read(new PolicySource(Encoding.UTF8.GetBytes(json), name ?? NameOfText));
    }

    /// <summary>The policy in the format of the file, rules by their kinds, without the comments that it may have been read with.</summary>
    public string ToJson() => Encoding.UTF8.GetString(PolicyWriter.Write(Rules));

    /// <summary>Writes the policy to a file, in one step: nobody finds half of it.</summary>
    /// <param name="path">The file, which is replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string unfinished = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(unfinished, [.. PolicyWriter.Write(Rules), (byte)'\n']);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
