namespace Splade.AI.Policy.Json;

/// <summary>A text of a policy file, and where it stands.</summary>
internal readonly record struct PolicyText(string Value, PolicyPosition Position);
