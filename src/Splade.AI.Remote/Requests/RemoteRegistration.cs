namespace Splade.AI.Remote.Requests;

/// <summary>That an encoder was added to the services, so that it is not added twice.</summary>
internal sealed record RemoteRegistration(string ClientName);
