using Splade.AI.Policy.Json;

namespace Splade.AI.Policy;

/// <summary>A policy cannot be read, or does not fit a model. The message says where, what was found, what was expected, and what to do.</summary>
public sealed class VocabularyPolicyException : Exception
{
    internal VocabularyPolicyException(string message, PolicyPosition? position, Exception? innerException = null)
        : base(position is null ? message : $"{position}: {message}", innerException)
    {
        FileName = position?.Source;
        Line = position?.Line;
        Column = position?.Column;
    }

    /// <summary>Gets the file or text, as it was named; null for a policy that was made in code.</summary>
    public string? FileName { get; }

    /// <summary>Gets the line in it, from 1; null if there is none.</summary>
    public int? Line { get; }

    /// <summary>Gets the column in that line, from 1, in UTF-16 code units; null if there is none.</summary>
    public int? Column { get; }
}
