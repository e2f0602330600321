// A passkey that fails or is cancelled says so beside its button instead of only in the console.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  let place = document.getElementById('passkey-problem')
  if (!place) {
    place = document.createElement('p')
    place.id = 'passkey-problem'
    place.className = 'alert alert-danger mt-3'
    place.setAttribute('role', 'alert')
    document.querySelector('main form').after(place)
  }
  const french = document.documentElement.lang.startsWith('fr')
  place.textContent = french
    ? 'La clé n’a pas pu être utilisée. Réessayez, ou employez votre mot de passe ou un code.'
    : 'The passkey could not be used. Try again, or use your password or a code.'
})
