namespace Splade.AI.Remote.Requests;

/// <summary>That an encoder was added to the services, so that it is not added twice.</summary>
/// <param name="ClientName">The name of its client.</param>
/// <param name="Key">Its key; null for none.</param>
internal sealed record RemoteRegistration(string ClientName, object? Key);
